internal import Bytes
internal import Samples

/// The metric families of a body, found by the names of their samples.
///
/// A name belongs to the family of that name; `x_sum` and `x_count` belong to `x` where TYPE has called that a summary
/// before, and these and `x_bucket` where it is a histogram, unless they have become families of their own by then.
/// That is worked out once for each name.
struct FamilyTable: Sendable {
    /// A name that samples or comments have.
    struct Name: Sendable {
        /// Where it stood first in the batch's arena.
        var text: ByteRange
        /// Its family in `families`.
        var family: Int
        /// What its samples are in the family.
        var role: Role
        /// Its bytes in the table's own memory.
        fileprivate var copy: Range<Int>
        fileprivate var hash: UInt64
    }

    /// What the samples of a name are in their family.
    enum Role: UInt8, Sendable {
        /// The name is the family's own.
        case own
        case count, sum, bucket
    }

    /// A family.
    struct Family: Sendable {
        /// The index of its name in `names`.
        var name: Int
        /// Its type; nil until TYPE or a sample has settled it.
        var type: MetricType?
    }

    private(set) var names: [Name] = []
    var families: [Family] = []
    /// Indices of `names` plus one, by hash; zero where there is none.
    private var slots = [UInt32](repeating: 0, count: 64)
    private var copies: [UInt8] = []

    /// Forgets the names.
    mutating func removeAll() {
        let keep = names.capacity <= 1 << 14
        names.removeAll(keepingCapacity: keep)
        families.removeAll(keepingCapacity: keep)
        copies.removeAll(keepingCapacity: keep)
        slots.removeAll(keepingCapacity: keep)
        slots.append(contentsOf: repeatElement(0, count: 64))
    }

    /// The name's index in `names`; it is put there, with a family, if it is new.
    ///
    /// - Parameters:
    ///   - bytes: where the name stands.
    ///   - range: its place there.
    ///   - text: its place in the batch's arena.
    mutating func resolve(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>, text: ByteRange) -> Int {
        let hash = self.hash(bytes, range)
        if let index = find(bytes, range, hash: hash) { return index }
        let index = names.count
        let role: Role
        let family: Int
        if let (base, suffix) = owner(bytes, range) {
            (family, role) = (base, suffix)
        } else {
            (family, role) = (families.count, .own)
            families.append(Family(name: index, type: nil))
        }
        let start = copies.count
        copies.append(copying: range, of: bytes)
        names.append(Name(text: text, family: family, role: role, copy: start..<copies.count, hash: hash))
        insert(index)
        return index
    }

    /// The bytes of a family's name.
    func text(ofFamily family: Int) -> ArraySlice<UInt8> { copies[names[families[family].name].copy] }

    /// The histogram or summary that a new name belongs to by its suffix.
    private func owner(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> (family: Int, role: Role)? {
        let name = bytes.extracting(range)
        for (suffix, role) in [("_count", Role.count), ("_sum", .sum), ("_bucket", .bucket)] where name.ends(suffix) {
            guard let family = base(bytes, range.dropLast(suffix.utf8.count)) else { return nil }
            switch families[family].type {
            case .histogram, .gaugeHistogram: return (family, role)
            case .summary: return role == .bucket ? nil : (family, role)
            default: return nil
            }
        }
        return nil
    }

    private func base(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Int? {
        guard !range.isEmpty, let index = find(bytes, range, hash: hash(bytes, range)) else { return nil }
        return names[index].role == .own ? names[index].family : nil
    }
}

extension FamilyTable {
    private func hash(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        let hasher = ByteHasher.process
        return hasher.hash(bytes, ByteRange(offset: range.lowerBound, count: range.count), salt: hasher.seed)
    }

    private func find(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>, hash: UInt64) -> Int? {
        let copies = copies.span
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if names[index].hash == hash, BlockScanner.areEqual(bytes, range, copies, names[index].copy) {
                return index
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Puts a name into a slot; doubles them where half of them are taken.
    private mutating func insert(_ index: Int) {
        guard names.count <= slots.count / 2 else {
            slots = Array(repeating: 0, count: slots.count * 2)
            for index in names.indices { insert(index) }
            return
        }
        var slot = Int(truncatingIfNeeded: names[index].hash) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt32(truncatingIfNeeded: index + 1)
    }
}

extension Span<UInt8> {
    /// Whether the text is longer than the suffix and ends with it.
    fileprivate func ends(_ suffix: String) -> Bool {
        let suffix = suffix.utf8.span
        guard count > suffix.count else { return false }
        return suffix.indices.allSatisfy { self[count - suffix.count + $0] == suffix[$0] }
    }
}
