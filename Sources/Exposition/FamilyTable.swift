internal import Bytes
internal import Samples

/// The metric families of a body, found by the names of their samples.
///
/// A name belongs to the family of that name, or by its suffix to another: `x_sum` and `x_count` belong to `x` where TYPE
/// has called that a summary before, and these and `x_bucket` where it is a histogram, unless they have become families
/// of their own by then. That is worked out once for each name.
struct FamilyTable: Sendable {
    /// A name that samples or comments have.
    struct Name: Sendable {
        /// Where it stood first in the batch's arena.
        var text = ByteRange.none
        /// Its family in `families`.
        var family = 0
        /// What its samples are in the family.
        var role = Role.own
        /// Its bytes in the table's own memory.
        var copy = 0..<0
        fileprivate(set) var hash: UInt64 = 0
    }

    /// What the samples of a name are in their family.
    enum Role: UInt8, Sendable {
        /// The name is the family's own.
        case own
        case count, sum, bucket, total, info
        /// The time from which the family's other samples count.
        case created
    }

    /// A family.
    struct Family: Sendable {
        /// The index of its name in `names`.
        var name: Int
        /// Its type; nil until TYPE or a sample has settled it.
        var type: MetricType?
        /// What HELP says, without escapes; nil until it has come.
        var help: ByteRange?
        /// What UNIT says.
        var unit = ByteRange.none
        /// Whether it is among the families that comments speak of.
        fileprivate(set) var isDescribed = false
    }

    let dialect: Dialect
    var names: [Name] = []
    var families: [Family] = []
    /// The indices of the families that comments speak of, in the order of the body.
    private(set) var described: [Int] = []
    /// Whether there are names of samples that say when others began.
    var hasCreated = false
    /// Indices of `names` plus one, by hash; zero where there is none.
    private var slots = [UInt32](repeating: 0, count: 64)
    var copies: [UInt8] = []

    /// A table for a dialect, without names.
    init(_ dialect: Dialect) { self.dialect = dialect }

    /// Forgets the names.
    mutating func removeAll() {
        let keep = names.capacity <= 1 << 14
        names.removeAll(keepingCapacity: keep)
        families.removeAll(keepingCapacity: keep)
        described.removeAll(keepingCapacity: keep)
        hasCreated = false
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
            if role == .created { hasCreated = true }
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

    /// Counts a family among those that comments speak of.
    mutating func setDescribed(_ family: Int) {
        guard !families[family].isDescribed else { return }
        families[family].isDescribed = true
        described.append(family)
    }

    /// The index of a name that has been resolved before, or nil.
    func find(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Int? {
        find(bytes, range, hash: hash(bytes, range))
    }

    /// The bytes of a family's name.
    func text(ofFamily family: Int) -> ArraySlice<UInt8> { copies[names[families[family].name].copy] }

    /// The family of another name that a new name belongs to by its suffix.
    private func owner(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> (family: Int, role: Role)? {
        let name = bytes.extracting(range)
        for suffix in FamilySuffix.known(to: dialect) where name.ends(suffix.text) {
            guard let family = base(bytes, range.dropLast(suffix.text.utf8.count)),
                let type = families[family].type, suffix.types.contains(type)
            else { return nil }
            return (family, suffix.role)
        }
        return nil
    }

    private func base(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Int? {
        guard !range.isEmpty, let index = find(bytes, range) else { return nil }
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
