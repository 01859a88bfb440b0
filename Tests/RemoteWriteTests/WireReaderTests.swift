import Testing

@testable import RemoteWrite

@Suite("Protobuf's wire format")
struct WireReaderTests {
    /// What the first field is refused for; nil: it is not.
    private func fault(_ hex: String) -> ReadError? {
        var reader = WireReader([UInt8](hex: hex))
        do throws(ReadError) {
            while try reader.next() != nil {}
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        ("0a05616263", ReadError.truncated(offset: 1)),
        ("0a", .truncated(offset: 1)),
        ("0aff", .truncated(offset: 1)),
        ("09000000", .truncated(offset: 1)),
        ("0d0000", .truncated(offset: 1)),
        ("08ffffffffffffffffff02", .varintTooLong(offset: 1)),
        ("08ffffffffffffffffffff01", .varintTooLong(offset: 1)),
        ("0affffffffffffffffff01", .truncated(offset: 1)),
        ("00", .invalidTag(offset: 0)),
        ("0b", .invalidTag(offset: 0)),
        ("080107", .invalidTag(offset: 2)),
        ("ffffffffffffffffff01", .invalidTag(offset: 0)),
    ])
    func `bytes that are no message are refused`(hex: String, error: ReadError) {
        #expect(fault(hex) == error)
    }

    @Test(arguments: ["", "0a00", "08ffffffffffffffffff01", "0d00000000", "f8ffffff0f00"])
    func `fields of every wire type are read`(hex: String) {
        #expect(fault(hex) == nil)
    }

    @Test func `a field is not taken for one of another type`() throws {
        var reader = WireReader([0x08, 1, 0x12, 0])
        let number = try #require(try reader.next())
        let text = try #require(try reader.next())
        #expect(throws: ReadError.wrongWireType(field: "f", offset: 0)) { try number.double("f") }
        #expect(throws: ReadError.wrongWireType(field: "f", offset: 0)) { try number.range("f") }
        #expect(throws: ReadError.wrongWireType(field: "f", offset: 2)) { try text.varint("f") }
        #expect(throws: ReadError.wrongWireType(field: "f", offset: 2)) { try text.sint32("f") }
    }

    @Test(
        arguments: [(0, 0), (1, -1), (2, 1), (105, -53), (0xffff_fffe, .max), (0xffff_ffff, .min)] as [(UInt64, Int32)])
    func `signed numbers are zigzag`(wire: UInt64, value: Int32) throws {
        #expect(try WireField(number: 1, offset: 0, payload: .varint(wire)).sint32("f") == value)
    }

    @Test func `repeated numbers are read packed and one by one`() throws {
        var reader = WireReader([UInt8](hex: "0a03018001" + "0807" + "1208000000000000f03f" + "11000000000000f03f"))
        var fields: [WireField] = []
        while let field = try reader.next() { fields.append(field) }
        #expect(try fields[..<2].map { try reader.varints($0, "f") } == [[1, 128], [7]])
        #expect(try fields[2...].map { try reader.doubles($0, "f") } == [[1], [1]])
    }

    @Test func `a packed run that ends within a number is refused`() throws {
        var reader = WireReader([UInt8](hex: "0a0180" + "120100"))
        let varints = try #require(try reader.next())
        let doubles = try #require(try reader.next())
        #expect(throws: ReadError.truncated(offset: 2)) { try reader.varints(varints, "f") }
        #expect(throws: ReadError.truncated(offset: 5)) { try reader.doubles(doubles, "f") }
    }
}
