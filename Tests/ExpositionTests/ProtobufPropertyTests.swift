import Exposition
import Fixtures
import Testing

@Suite("Families that are written come back")
struct ProtobufPropertyTests {
    @Test func `whatever the order of the fields, the series are those that were written`() {
        var dice = Dice(state: 20_261_121)
        var parser = ProtobufParser()
        for round in 0..<1500 {
            var body = ProtobufWriter()
            var expected: [String] = []
            for index in 0..<Int.random(in: 0...4, using: &dice) {
                var family = RandomFamily(name: "family_\(index)", dice: dice)
                family.write(to: &body)
                expected += family.lines
                dice = family.dice
            }
            let reading = ProtobufReading(body.bytes, by: &parser)
            #expect(reading.refusal == nil && reading.samples == expected, "round \(round)")
            // No beginning of it is taken for the whole.
            let cut = ProtobufReading(Array(body.bytes.prefix(Int.random(in: 0...body.bytes.count, using: &dice))))
            #expect(cut.refusal != nil || expected.starts(with: cut.samples), "round \(round)")
        }
    }
}

/// A family that writes itself, and says what its series are.
private struct RandomFamily {
    var name: String
    var dice: Dice
    var lines: [String] = []

    private static let bounds: [(Double, String)] = [
        (0.005, "0.005"), (0.5, "0.5"), (1, "1.0"), (2.5, "2.5"), (10, "10.0"), (1e6, "1e+06"), (-1, "-1.0"),
        (1e-5, "1e-05"), (0, "0.0"), (.infinity, "+Inf"),
    ]

    init(name: String, dice: Dice) {
        self.name = name
        self.dice = dice
    }

    /// What stands behind the name and before the value, and behind the value.
    private struct Frame {
        var labels: [(String, String)]
        var rest: String

        func line(_ name: String, _ value: Double, bound: (String, String)? = nil) -> String {
            let labels = (self.labels + (bound.map { [$0] } ?? [])).map { "\($0)=\($1)" }.joined(separator: ",")
            return "\(name){\(labels)} \(value)\(rest)"
        }
    }

    mutating func write(to body: inout ProtobufWriter) {
        let type = UInt64.random(in: 0...5, using: &dice)
        var fields: [[UInt8]] = [
            ProtobufWriter.message { $0.text(1, name) }, ProtobufWriter.message { $0.varint(3, type) },
        ]
        let metrics = Int.random(in: 0...5, using: &dice)
        let shape = Int.random(in: 0...6, using: &dice)
        for _ in 0..<metrics {
            let width = Bool.random(using: &dice) ? shape : Int.random(in: 0...6, using: &dice)
            let metric = metric(type, labels: labels(width))
            fields.append(ProtobufWriter.message { $0.run(4, metric) })
        }
        // The metrics keep their order, what is said of the family stands anywhere among them.
        for _ in 0..<2 {
            let field = fields.removeFirst()
            fields.insert(field, at: Int.random(in: 0...fields.count, using: &dice))
        }
        let message = fields.flatMap { maybe(unknown) + $0 }
        body.varint(UInt64(message.count), padded: Int.random(in: 1...4, using: &dice))
        body.raw(message)
    }

    private mutating func labels(_ count: Int) -> [(String, String)] {
        let values = ["", "x", "é", String(repeating: "v", count: 130), "a\n\"b\\", "200", "/api/v1/items"]
        return (0..<count).map { index in
            (Bool.random(using: &dice) ? "l\(index)" : "label_\(index)", values.randomElement(using: &dice) ?? "")
        }
    }

    private mutating func metric(_ type: UInt64, labels: [(String, String)]) -> [UInt8] {
        let time = Bool.random(using: &dice) ? Int64.random(in: -5...Int64.max, using: &dice) : 0
        var frame = Frame(labels: labels, rest: time == 0 ? "" : " @\(time)")
        var value: [UInt8]
        switch type {
        case 0: value = scalar(field: 3, &frame)
        case 1: value = scalar(field: 2, &frame)
        case 2: value = summary(&frame)
        case 3: value = scalar(field: 5, &frame)
        default: value = histogram(&frame)
        }
        // Labels in their order, the rest between them.
        var fields = labels.map { label in ProtobufWriter.message { $0.label(label.0, label.1) } }
        fields.insert(value, at: Int.random(in: 0...fields.count, using: &dice))
        let timestamp = ProtobufWriter.message { $0.varint(6, UInt64(bitPattern: time)) }
        fields.insert(timestamp, at: Int.random(in: 0...fields.count, using: &dice))
        return fields.flatMap { maybe(unknown) + $0 }
    }

    private mutating func scalar(field: UInt64, _ frame: inout Frame) -> [UInt8] {
        let value = Double.random(in: -1e6...1e6, using: &dice)
        let start = field == 3 ? start(3, &frame) : []
        lines.append(frame.line(name, value))
        return ProtobufWriter.message {
            $0.run(field, shuffled([ProtobufWriter.message { $0.double(1, value) }, start]))
        }
    }

    /// A start time, or none.
    private mutating func start(_ field: UInt64, _ frame: inout Frame) -> [UInt8] {
        guard Bool.random(using: &dice) else { return [] }
        let seconds = UInt64.random(in: 1...2_000_000_000, using: &dice)
        frame.rest += " since \(seconds)000"
        return ProtobufWriter.message { $0.message(field) { $0.varint(1, seconds) } }
    }

    private mutating func summary(_ frame: inout Frame) -> [UInt8] {
        let (count, sum) = (UInt64.random(in: 0...UInt64.max, using: &dice), Double.random(in: -9...9, using: &dice))
        var fields = [
            ProtobufWriter.message { $0.varint(1, count) }, ProtobufWriter.message { $0.double(2, sum) },
            start(4, &frame),
        ]
        lines += [frame.line("\(name)_count", Double(count)), frame.line("\(name)_sum", sum)]
        for _ in 0..<Int.random(in: 0...4, using: &dice) {
            let bound = Self.bounds.randomElement(using: &dice) ?? (1, "1.0")
            lines.append(frame.line(name, sum, bound: ("quantile", bound.1)))
            fields.append(
                ProtobufWriter.message {
                    $0.message(3) {
                        $0.double(2, sum)
                        $0.double(1, bound.0)
                    }
                })
        }
        return ProtobufWriter.message { $0.run(4, fields.flatMap { $0 }) }
    }

    private mutating func histogram(_ frame: inout Frame) -> [UInt8] {
        let (count, sum) = (UInt64.random(in: 0...1 << 40, using: &dice), Double.random(in: -9...9, using: &dice))
        let start = start(15, &frame)
        let head = shuffled([
            ProtobufWriter.message { $0.varint(1, count) }, ProtobufWriter.message { $0.double(2, sum) }, start,
        ])
        lines += [frame.line("\(name)_count", Double(count)), frame.line("\(name)_sum", sum)]
        var buckets: [UInt8] = []
        var isComplete = false
        for index in 0..<Int.random(in: 0...12, using: &dice) {
            let bound = Self.bounds[index % Self.bounds.count]
            let value = UInt64.random(in: 0...count, using: &dice)
            isComplete = isComplete || bound.0 == .infinity
            lines.append(frame.line("\(name)_bucket", Double(value), bound: ("le", bound.1)))
            let bucket = shuffled([
                ProtobufWriter.message { $0.varint(1, value) }, ProtobufWriter.message { $0.double(2, bound.0) },
            ])
            buckets += ProtobufWriter.message { $0.run(3, bucket) }
        }
        if !isComplete { lines.append(frame.line("\(name)_bucket", Double(count), bound: ("le", "+Inf"))) }
        // In two pieces, one before the other.
        let pieces = Bool.random(using: &dice) ? [head + buckets] : [buckets, head]
        return ProtobufWriter.message { for piece in pieces { $0.run(7, piece) } }
    }

    private mutating func shuffled(_ fields: [[UInt8]]) -> [UInt8] {
        fields.shuffled(using: &dice).flatMap { maybe(unknown) + $0 }
    }

    /// Nothing most of the time.
    private mutating func maybe(_ bytes: [UInt8]) -> [UInt8] { UInt8.random(in: 0...7, using: &dice) == 0 ? bytes : [] }

    private var unknown: [UInt8] {
        [0xa2, 0x06, 3, 1, 2, 3, 0xa8, 0x06, 0xff, 0x01, 0xab, 0x06, 0x0d, 1, 2, 3, 4, 0xac, 0x06]
    }
}
