import Fixtures
import Testing

@testable import Exposition

@Suite("Reading the fields of protobuf messages")
struct ProtobufReaderTests {
    static let numbers: [([UInt8], UInt64)] = [
        ([0], 0), ([1], 1), ([0x7f], 127), ([0x80, 0x01], 128), ([0xac, 0x02], 300), ([0x80, 0x00], 0),
        ([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], .max),
        ([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00], 0),
    ]

    @Test(arguments: numbers) func `a varint is read, however long it is written`(bytes: [UInt8], value: UInt64) throws
    {
        var reader = ProtobufReader(0..<bytes.count)
        #expect(try reader.varint(bytes.span) == value)
        #expect(reader.isAtEnd)
        // The message ends before the bytes do.
        var short = ProtobufReader(0..<bytes.count - 1)
        #expect(throws: ProtobufError.Problem.truncated) { try short.varint(bytes.span) }
    }

    @Test(
        arguments: [
            Array(repeating: 0xff, count: 9) + [0x02], Array(repeating: 0x80, count: 10) + [0x01],
            Array(repeating: 0xff, count: 11), Array(repeating: 0x80, count: 9) + [0x80],
        ] as [[UInt8]]) func `a varint of more than 64 bits or ten bytes is none`(bytes: [UInt8])
    {
        var reader = ProtobufReader(0..<bytes.count)
        #expect(throws: ProtobufError.Problem.invalidVarint) { try reader.varint(bytes.span) }
    }

    @Test func `a double keeps its bits unless it is an unusual NaN`() throws {
        let ordinary: UInt64 = 0x7ff8_0000_0000_0001
        for (bits, expected) in [
            (0x7ff0_0000_0000_0002, 0x7ff0_0000_0000_0002), (0x7ff8_0000_0000_0000, ordinary),
            (0xfff8_0000_0000_0000, ordinary), (0x7ff0_0000_0000_0001, ordinary), (ordinary, ordinary),
            (0x8000_0000_0000_0000, 0x8000_0000_0000_0000), (0x7ff0_0000_0000_0000, 0x7ff0_0000_0000_0000),
            (0x3ff8_0000_0000_0000, 0x3ff8_0000_0000_0000),
        ] as [(UInt64, UInt64)] {
            let bytes = ProtobufWriter.message { $0.double(Double(bitPattern: bits)) }
            var reader = ProtobufReader(0..<8)
            #expect(try reader.double(bytes.span).bitPattern == expected)
            var short = ProtobufReader(0..<7)
            #expect(throws: ProtobufError.Problem.truncated) { try short.double(bytes.span) }
        }
    }

    @Test(arguments: [[5], [0x7f], [0xff, 0xff, 0xff, 0xff, 0x0f], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]])
    func `a run that goes beyond its message is refused`(length: [UInt8]) {
        let bytes = length + Array(repeating: 0x41, count: 200)
        var reader = ProtobufReader(0..<length.count + 4)
        #expect(throws: ProtobufError.Problem.truncated) { try reader.run(bytes.span) }
    }

    @Test func `the length of a message has at most five bytes`() throws {
        let bytes: [UInt8] = [0x82, 0x80, 0x80, 0x80, 0x00, 0x41, 0x42]
        var reader = ProtobufReader(0..<bytes.count)
        #expect(try reader.delimited(bytes.span) == 5..<7)
        for bytes in [[0x82, 0x80, 0x80, 0x80, 0x80, 0x00, 0x41, 0x42], [0xff, 0xff, 0xff, 0xff, 0x1f]] as [[UInt8]] {
            var reader = ProtobufReader(0..<bytes.count)
            #expect(throws: ProtobufError.Problem.invalidVarint) { try reader.delimited(bytes.span) }
        }
    }

    static let unknown: [(String, [UInt8])] = [
        ("a varint", [0x98, 0x06, 0xff, 0x01]), ("eight bytes", [0x99, 0x06, 1, 2, 3, 4, 5, 6, 7, 8]),
        ("a run", [0x9a, 0x06, 2, 1, 2]), ("four bytes", [0x9d, 0x06, 1, 2, 3, 4]),
        ("an empty group", [0x9b, 6, 0x9c, 6]),
        ("a group", [0x9b, 6, 0x08, 1, 0x11, 1, 2, 3, 4, 5, 6, 7, 8, 0x1a, 1, 0x9c, 0x9c, 6]),
        ("groups in a group", [0x9b, 6, 0x0b, 0x0c, 0x13, 0x0b, 0x0c, 0x14, 0x9c, 6]),
        ("the highest field number", [0xf8, 0xff, 0xff, 0xff, 0x0f, 0]),
    ]

    @Test(arguments: unknown) func `an unknown field is skipped, and never half of it`(name: String, field: [UInt8])
        throws
    {
        for count in 0...field.count {
            var reader = ProtobufReader(0..<count)
            let bytes = Array(field.prefix(count))
            if count == field.count {
                try reader.skip(bytes.span, try reader.varint(bytes.span), in: .histogram)
                #expect(reader.isAtEnd, "\(name)")
            } else {
                #expect(throws: ProtobufError.Problem.truncated, "\(name) to \(count)") {
                    try reader.skip(bytes.span, try reader.varint(bytes.span), in: .histogram)
                }
            }
        }
    }

    static let broken: [([UInt8], ProtobufError.Problem)] = [
        ([0x00, 0], .invalidTag), ([0x02, 0], .invalidTag), ([0x9e, 6, 0], .invalidTag), ([0x9f, 6, 0], .invalidTag),
        ([0x80, 0x80, 0x80, 0x80, 0x10, 0], .invalidTag), ([0x9c, 6], .unbalancedGroup),
        ([0x9b, 6, 0x0c], .unbalancedGroup), ([0x9b, 6, 0x9e, 6], .invalidTag), ([0x9b, 6, 0x00], .invalidTag),
        ([0x08, 1], .wrongWireType(field: 1, of: .gauge)), ([0x0a, 0], .wrongWireType(field: 1, of: .gauge)),
        ([0x0b, 0x0c], .wrongWireType(field: 1, of: .gauge)),
    ]

    @Test(arguments: broken) func `what is no field is refused`(bytes: [UInt8], problem: ProtobufError.Problem) {
        var reader = ProtobufReader(0..<bytes.count)
        #expect(throws: problem) { try reader.skip(bytes.span, try reader.varint(bytes.span), in: .gauge) }
    }

    @Test func `groups may stand in each other to a depth`() throws {
        for depth in [ProtobufReader.deepest, ProtobufReader.deepest + 1, 100_000] {
            let bytes = Array(repeating: UInt8(0x13), count: depth) + Array(repeating: 0x14, count: depth)
            var reader = ProtobufReader(0..<bytes.count)
            if depth == ProtobufReader.deepest {
                try reader.skip(bytes.span, try reader.varint(bytes.span), in: .gauge)
                #expect(reader.isAtEnd)
            } else {
                #expect(throws: ProtobufError.Problem.unbalancedGroup) {
                    try reader.skip(bytes.span, try reader.varint(bytes.span), in: .gauge)
                }
            }
        }
    }
}
