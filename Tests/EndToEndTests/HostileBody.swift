import Fixtures

/// Bodies that are small as they go over the wire, and large or broken once they are read.
enum HostileBody {
    /// A part of a body.
    enum Part {
        case text(String)
        /// A byte again and again.
        case run(UInt8, count: Int)
    }

    private static let magic: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd]
    private static let largestBlock = 128 << 10

    /// A frame of Zstandard (RFC 8878), in which a byte again and again takes four bytes a block of 128 KiB.
    static func zstd(_ parts: Part...) -> [UInt8] {
        // No size is promised, and a window of 128 KiB is enough.
        var frame = magic + [0x00, 0x38]
        for part in parts {
            switch part {
            case .text(let text): append(Array(text.utf8), to: &frame)
            case .run(let byte, var count):
                while count > 0 {
                    let size = min(count, largestBlock)
                    frame += header(type: 1, size: size) + [byte]
                    count -= size
                }
            }
        }
        return frame + header(type: 0, size: 0, isLast: true)
    }

    /// A frame that holds another one.
    static func zstd(_ content: [UInt8]) -> [UInt8] {
        var frame = magic + [0x00, 0x38]
        append(content, to: &frame)
        return frame + header(type: 0, size: 0, isLast: true)
    }

    private static func append(_ content: [UInt8], to frame: inout [UInt8]) {
        for start in stride(from: 0, to: content.count, by: largestBlock) {
            let block = content[start..<min(start + largestBlock, content.count)]
            frame += header(type: 0, size: block.count) + block
        }
    }

    private static func header(type: Int, size: Int, isLast: Bool = false) -> [UInt8] {
        let bits = size << 3 | type << 1 | (isLast ? 1 : 0)
        return [UInt8(bits & 255), UInt8(bits >> 8 & 255), UInt8(bits >> 16)]
    }

    /// A block of snappy that says that it holds 4 GiB.
    static let snappy: [UInt8] = [0xff, 0xff, 0xff, 0xff, 0x0f, 0x00, 0x30]

    /// A histogram whose label of 2 MB stands in each of its 50,000 buckets.
    static var histogram: [UInt8] {
        ProtobufWriter.message { body in
            body.family("h", type: 4) { family in
                family.metric([("l", String(repeating: "x", count: 2 << 20))]) { metric in
                    metric.message(7) { value in
                        for bound in 0..<50_000 { value.message(3) { $0.double(2, Double(bound)) } }
                    }
                }
            }
        }
    }

    /// A family in which a million groups stand in each other.
    static var groups: [UInt8] {
        ProtobufWriter.message { body in
            body.delimited { family in
                family.text(1, "a")
                for _ in 0..<1_000_000 { family.tag(100, 3) }
            }
        }
    }
}
