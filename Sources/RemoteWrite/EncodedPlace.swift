import Bytes

/// Where in the bytes of a message what stands: in version 2 first the symbols, then the series that refer to them.
///
/// What is not well-formed is our own mistake and traps.
public struct EncodedPlace: Sendable, Equatable {
    /// Which message it is.
    public var version: RemoteWriteVersion
    /// Where the symbols end; where they begin, in version 1, which has none.
    public var head: Int
    /// Where they begin.
    private var start = 0
    /// All series of the message, where they are known: they need no other symbols than there are.
    private var whole: Range<Int>?
    /// The series, or those of one push among several, and in version 1 the metadata of families.
    public var series: Range<Int>

    /// Series among those that share symbols.
    public init(version: RemoteWriteVersion, head: Int, series: Range<Int>) {
        self.version = version
        self.head = head
        self.series = series
    }

    /// The places in a whole message.
    public init(version: RemoteWriteVersion, in bytes: borrowing Span<UInt8>) {
        self.init(version: version, in: bytes, from: bytes.indices)
    }

    /// The places in a whole message that is one of several.
    public init(version: RemoteWriteVersion, in bytes: borrowing Span<UInt8>, from whole: Range<Int>) {
        var fields = EncodedFields(in: whole)
        var head = whole.lowerBound
        if version == .v2 {
            while let field = fields.next(bytes), field.number == 4 { head = field.whole.upperBound }
        }
        self.init(version: version, head: head, series: head..<whole.upperBound)
        start = whole.lowerBound
        self.whole = series
    }

    /// Where the series already stand as a message of their own: always in version 1, which has no symbols.
    public var message: Range<Int>? {
        switch version {
        case .v1: series
        case .v2: series == whole ? start..<series.upperBound : nil
        }
    }

    /// The series as a message of their own, and where its symbols end.
    ///
    /// In version 2 it has all symbols that there are where these are few beside the series, and else those that the series
    /// refer to: to look for them costs more than to compress some more.
    public func extract(from bytes: borrowing Span<UInt8>) -> (bytes: [UInt8], head: Int) {
        let symbols = head - start
        guard version == .v2, series != whole, symbols > series.count / 16 else {
            var copy: [UInt8] = []
            copy.reserveCapacity((version == .v1 ? 0 : symbols) + series.count)
            if version == .v2 { copy.append(copying: start..<head, of: bytes) }
            let head = copy.count
            copy.append(copying: series, of: bytes)
            return (copy, head)
        }
        var joiner = MessageJoiner()
        joiner.append(self, of: bytes)
        let message = joiner.finish()
        return (message.bytes, message.head)
    }

    /// Where the texts of the symbols stand.
    func symbols(_ bytes: borrowing Span<UInt8>) -> [Range<Int>] {
        var symbols: [Range<Int>] = []
        var fields = EncodedFields(in: start..<head)
        while let field = fields.next(bytes) { symbols.append(field.content) }
        return symbols
    }
}
