/// A place in a file.
struct Place: Hashable, Comparable {
    /// From 1.
    var line: Int
    /// In characters, from 1.
    var column: Int

    static let start = Place(line: 1, column: 1)

    init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The place of a byte of a text.
    init(offset: Int, in text: [UInt8]) {
        let before = text.prefix(offset)
        let line = before.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).last ?? []
        self.line = 1 + before.count { $0 == UInt8(ascii: "\n") }
        column = 1 + line.count { $0 & 0xC0 != 0x80 }
    }

    static func < (left: Self, right: Self) -> Bool { (left.line, left.column) < (right.line, right.column) }
}
