/// Writes the fields of a protobuf message, in any order and form: it shares no code with what reads them.
package struct ProtobufWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// A message of these fields.
    package static func message(_ write: (inout ProtobufWriter) -> Void) -> [UInt8] {
        var writer = ProtobufWriter()
        write(&writer)
        return writer.bytes
    }

    /// Adds bytes as they are.
    package mutating func raw(_ bytes: [UInt8]) { self.bytes += bytes }

    /// Adds a varint without a tag, at least so many bytes long.
    package mutating func varint(_ value: UInt64, padded count: Int = 1) {
        var rest = value
        var written = 1
        while rest >= 0x80 || written < count {
            bytes.append(UInt8(rest % 128) + 128)
            rest /= 128
            written += 1
        }
        bytes.append(UInt8(rest))
    }

    /// Adds the tag of a field.
    package mutating func tag(_ field: UInt64, _ wireType: UInt64) { varint(field * 8 + wireType) }

    package mutating func varint(_ field: UInt64, _ value: UInt64) {
        tag(field, 0)
        varint(value)
    }

    /// Adds a number of type `sint32` or `sint64`.
    package mutating func zigZag(_ field: UInt64, _ value: Int64) {
        tag(field, 0)
        zigZag(value)
    }

    package mutating func double(_ field: UInt64, _ value: Double) {
        tag(field, 1)
        double(value)
    }

    package mutating func run(_ field: UInt64, _ content: [UInt8]) {
        tag(field, 2)
        varint(UInt64(content.count))
        bytes += content
    }

    package mutating func text(_ field: UInt64, _ text: String) { run(field, Array(text.utf8)) }

    package mutating func message(_ field: UInt64, _ write: (inout ProtobufWriter) -> Void) {
        run(field, Self.message(write))
    }

    /// Adds a message behind its length.
    package mutating func delimited(_ write: (inout ProtobufWriter) -> Void) {
        let message = Self.message(write)
        varint(UInt64(message.count))
        bytes += message
    }

    package mutating func zigZag(_ value: Int64) {
        varint(value < 0 ? UInt64(-(value + 1)) * 2 + 1 : UInt64(value) * 2)
    }

    package mutating func double(_ value: Double) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> shift))
        }
    }
}

// The messages of `io.prometheus.client`.
extension ProtobufWriter {
    /// Adds a label.
    package mutating func label(_ name: String, _ value: String) {
        message(1) {
            $0.text(1, name)
            $0.text(2, value)
        }
    }

    /// Adds a metric family behind its length; `metrics` writes its metrics.
    package mutating func family(
        _ name: String, type: UInt64, help: String = "", metrics: (inout ProtobufWriter) -> Void
    ) {
        delimited {
            $0.text(1, name)
            if !help.isEmpty { $0.text(2, help) }
            $0.varint(3, type)
            metrics(&$0)
        }
    }

    /// Adds a metric with these labels; `rest` writes the other fields.
    package mutating func metric(_ labels: [(String, String)] = [], _ rest: (inout ProtobufWriter) -> Void) {
        message(4) {
            for (name, value) in labels { $0.label(name, value) }
            rest(&$0)
        }
    }
}
