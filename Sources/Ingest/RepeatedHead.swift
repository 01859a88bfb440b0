import Bytes

/// The last head of a connection: mostly the next one is the same but for the length of its body, and need not be read.
///
/// To read a head costs a tenth of what a small push does.
struct RepeatedHead {
    /// What is kept by a connection that idles.
    private static let longest = 1 << 10

    private var head: RequestHead?
    /// With the empty line.
    private var bytes: [UInt8] = []
    /// Where the length of the body stands; nil where there is none.
    private var length: Range<Int>?

    /// Remembers a head.
    ///
    /// - Parameters:
    ///   - bytes: all of it, with the empty line.
    ///   - length: where the length of the body stands.
    mutating func learn(_ head: RequestHead, _ bytes: borrowing Span<UInt8>, length: Range<Int>?) {
        self.bytes.removeAll(keepingCapacity: true)
        self.head = nil
        guard bytes.count <= Self.longest else { return }
        self.bytes.append(copying: bytes.indices, of: bytes)
        self.head = head
        self.length = length
    }

    /// The head that some bytes begin with, if it is the one that is remembered, and how many bytes it takes.
    func match(_ bytes: borrowing Span<UInt8>) -> (head: RequestHead, count: Int)? {
        guard var head else { return nil }
        let own = self.bytes.span
        let front = 0..<(length?.lowerBound ?? own.count)
        guard front.count <= bytes.count, BlockScanner.areEqual(bytes, front, own, front) else { return nil }
        guard let length else { return (head, own.count) }
        var end = front.upperBound
        while end < bytes.count, Self.digits.contains(bytes[end]) { end += 1 }
        let (back, rest) = (length.upperBound..<own.count, end..<end + own.count - length.upperBound)
        guard rest.upperBound <= bytes.count, BlockScanner.areEqual(bytes, rest, own, back),
            let count = Self.length(bytes.extracting(front.upperBound..<end))
        else { return nil }
        head.contentLength = count
        return (head, rest.upperBound)
    }

    /// A length; nil where it is none, or more than anybody has.
    static func length(_ text: borrowing Span<UInt8>) -> Int? {
        guard 1...18 ~= text.count else { return nil }
        var value = 0
        for index in text.indices {
            guard digits.contains(text[index]) else { return nil }
            value = 10 * value + Int(text[index] - digits.lowerBound)
        }
        return value
    }

    private static var digits: ClosedRange<UInt8> { UInt8(ascii: "0")...UInt8(ascii: "9") }
}
