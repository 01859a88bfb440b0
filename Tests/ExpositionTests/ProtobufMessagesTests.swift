import Exposition
import Fixtures
import Testing

@Suite("Families and metrics in protobuf (B3, B4, B9, B12)")
struct ProtobufMessagesTests {
    private func gauge(_ metric: inout ProtobufWriter, _ value: Double) { metric.message(2) { $0.double(1, value) } }

    @Test func `a metric becomes a sample with the name of its family`() {
        let reading = ProtobufReading { body in
            body.family("c_total", type: 0, help: "What?") {
                $0.metric([("a", "b")]) { $0.message(3) { $0.double(1, 2) } }
            }
            body.family("g", type: 1) { $0.metric { gauge(&$0, -0.0) } }
            body.family("u", type: 3) { $0.metric { $0.message(5) { $0.double(1, .infinity) } } }
        }
        #expect(reading.samples == ["c_total{a=b} 2.0", "g{} -0.0", "u{} inf"])
        #expect(reading.families == ["c_total counter \"What?\"", "g gauge", "u unknown"])
    }

    @Test func `metrics may stand before what is said of their family`() {
        let reading = ProtobufReading { body in
            body.delimited {
                $0.metric([("a", "1")]) { gauge(&$0, 1) }
                $0.text(5, "seconds")
                $0.varint(3, 1)
                $0.metric { gauge(&$0, 2) }
                $0.text(1, "late_seconds")
                $0.text(2, "Help.")
            }
        }
        #expect(reading.samples == ["late_seconds{a=1} 1.0", "late_seconds{} 2.0"])
        #expect(reading.families == ["late_seconds gauge \"Help.\" seconds"])
    }

    @Test func `of a family that is there twice the first place counts, and the first of what is said`() {
        let reading = ProtobufReading { body in
            body.delimited {
                $0.text(1, "a_unit")
                $0.metric([("x", "1")]) { $0.message(3) { $0.double(1, 1) } }
            }
            body.family("b", type: 1, help: "b") { $0.metric { gauge(&$0, 2) } }
            body.delimited {
                $0.text(1, "a_unit")
                $0.text(2, "help")
                $0.varint(3, 1)
                $0.text(5, "unit")
                $0.metric { gauge(&$0, 3) }
            }
            body.family("a_unit", type: 3, help: "other") { $0.metric { $0.message(5) { _ in } } }
        }
        #expect(reading.samples == ["a_unit{x=1} 1.0", "b{} 2.0", "a_unit{} 3.0", "a_unit{} 0.0"])
        #expect(reading.families == ["a_unit gauge \"help\" unit", "b gauge \"b\""])
    }

    @Test(
        arguments: [
            ("a_seconds", 1, "seconds", true), ("a_seconds_total", 0, "seconds", true), ("a_total", 0, "total", false),
            ("a_seconds", 0, "seconds", true), ("seconds", 1, "seconds", false), ("aseconds", 1, "seconds", false),
            ("a_seconds_total", 1, "seconds", false), ("a", 1, "a_long_unit", false), ("_total", 0, "x", false),
            ("a_seconds", 4, "seconds", true), ("_s", 1, "s", true),
        ] as [(String, UInt64, String, Bool)])
    func `a unit is the end of the family's name`(name: String, type: UInt64, unit: String, isRight: Bool) {
        let fields: [UInt64: UInt64] = [0: 3, 1: 2, 4: 7]
        let reading = ProtobufReading { body in
            body.delimited {
                $0.text(1, name)
                $0.varint(3, type)
                $0.text(5, unit)
                $0.metric { $0.message(fields[type] ?? 0) { _ in } }
            }
        }
        let refusal = "message 1 (metric family \"\(name)\"): unit \"\(unit)\" is not a suffix of the metric name"
        #expect(reading.refusal == (isRight ? nil : refusal))
    }

    @Test func `a family without metrics is left out, whatever it is called`() {
        let reading = ProtobufReading { body in
            body.varint(0)
            body.family("lonely", type: 1) { _ in }
            body.family("", type: 77) { $0.run(5, [0xff]) }
        }
        #expect(reading == ProtobufReading([]))
        #expect(reading.refusal == nil)
    }

    @Test func `HELP that is no UTF-8 is mended, and a unit is refused`() {
        func reading(help: [UInt8], unit: [UInt8]) -> ProtobufReading {
            ProtobufReading { body in
                body.delimited {
                    $0.text(1, "a")
                    $0.run(2, help)
                    $0.varint(3, 1)
                    $0.run(5, unit)
                    $0.metric { gauge(&$0, 1) }
                }
            }
        }
        #expect(reading(help: [0x41, 0xff, 0x42], unit: []).families == ["a gauge \"A\u{fffd}B\""])
        #expect(reading(help: Array("Zähler".utf8), unit: []).families == ["a gauge \"Zähler\""])
        #expect(reading(help: [], unit: [0xc3]).refusal == "message 1 (metric family \"a\"): invalid unit")
    }

    static let names: [([UInt8], String?)] = [
        ([], "\"\""), ([0xff], "\"\\xff\""), ([0x61, 0xc3], "\"a\\xc3\""), (Array("my.metric name".utf8), nil),
        (Array("é".utf8), nil), (Array(String(repeating: "n", count: 3000).utf8), nil),
    ]

    @Test(arguments: names) func `a family has a name of valid UTF-8`(name: [UInt8], refused: String?) {
        let reading = ProtobufReading { body in
            body.delimited {
                $0.run(1, name)
                $0.varint(3, 1)
                $0.metric { gauge(&$0, 1) }
            }
        }
        #expect(reading.refusal == refused.map { "message 1 (metric family \($0)): invalid metric name" })
    }

    static let types: [(UInt64, String)] = [
        (6, "6"), (9, "9"), (UInt64(bitPattern: -1), "-1"), (1 << 31, "-2147483648"),
    ]

    @Test(arguments: types) func `a type that means nothing is refused`(number: UInt64, name: String) {
        let reading = ProtobufReading { $0.family("a", type: number) { $0.metric { gauge(&$0, 1) } } }
        #expect(reading.refusal == "message 1 (metric family \"a\"): unknown metric type \(name)")
    }

    static let values: [(UInt64, UInt64, String)] = [
        (0, 3, "COUNTER"), (1, 2, "GAUGE"), (2, 4, "SUMMARY"), (3, 5, "UNTYPED"), (4, 7, "HISTOGRAM"),
        (5, 7, "GAUGE_HISTOGRAM"),
    ]

    @Test(arguments: values) func `a metric has the value of its family's type`(
        type: UInt64, field: UInt64, name: String
    ) {
        for other in [UInt64?.none, 2, 3, 4, 5, 7] where other != field {
            let reading = ProtobufReading { body in
                body.family("ok", type: type) { $0.metric { $0.message(field) { _ in } } }
                body.family("f", type: type) { $0.metric { metric in other.map { metric.message($0) { _ in } } } }
            }
            #expect(reading.refusal == "message 2 (metric family \"f\"): a metric is not a \(name)")
            #expect(reading.samples == [], "all or nothing")
        }
        // Other values besides are nobody's.
        let reading = ProtobufReading { body in
            body.family("f", type: type) {
                $0.metric { for other in [2, 3, 4, 5, 7] { $0.message(UInt64(other)) { _ in } } }
            }
        }
        #expect(reading.refusal == nil && !reading.samples.isEmpty)
    }

    @Test func `a timestamp of zero is none`() {
        func reading(_ time: Int64) -> [String] {
            let write: (inout ProtobufWriter) -> Void = {
                $0.metric {
                    $0.varint(6, UInt64(bitPattern: time))
                    gauge(&$0, 1)
                }
            }
            return ProtobufReading { $0.family("a", type: 1, metrics: write) }.samples
        }
        #expect(reading(0) == ["a{} 1.0"])
        #expect(reading(1_520_879_607_789) == ["a{} 1.0 @1520879607789"])
        #expect(reading(-3_982_045) == ["a{} 1.0 @-3982045"])
    }

    @Test func `fields that are there again go on where the first ones ended`() {
        let reading = ProtobufReading { body in
            body.family("a", type: 0) {
                $0.metric([("x", "1")]) {
                    $0.message(3) {
                        $0.double(1, 1)
                        $0.double(1, 2)
                        $0.message(3) { $0.varint(1, 5) }
                    }
                    $0.message(3) { $0.message(2) { $0.label("t", "1") } }
                    $0.message(3) {
                        $0.message(2) {
                            $0.label("s", "2")
                            $0.double(2, 7)
                        }
                        $0.message(3) { $0.varint(2, 6_000_000) }
                    }
                    $0.varint(6, 3)
                    $0.varint(6, 4)
                }
                $0.metric { $0.message(3) { _ in } }
            }
            body.delimited {
                $0.text(1, "b")
                $0.varint(3, 0)
                $0.metric { gauge(&$0, 1) }
                $0.text(1, "c")
                $0.varint(3, 1)
            }
        }
        #expect(reading.samples == ["a{x=1} 2.0 @4 since 5006 #{s=2,t=1} 7.0", "a{} 0.0", "c{} 1.0"])
    }

    @Test func `unknown fields are skipped everywhere`() {
        let unknown: [UInt8] = [0x9b, 6, 0x0b, 0x08, 1, 0x0c, 0x9c, 6, 0x9d, 6, 1, 2, 3, 4]
        let reading = ProtobufReading { body in
            body.delimited {
                $0.raw(unknown)
                $0.text(1, "a")
                $0.raw(unknown)
                $0.message(4) {
                    $0.raw(unknown)
                    $0.message(1) {
                        $0.raw(unknown)
                        $0.text(2, "v")
                        $0.raw(unknown)
                        $0.text(1, "n")
                    }
                    $0.message(3) {
                        $0.raw(unknown)
                        $0.double(1, 1)
                        $0.raw(unknown)
                    }
                    $0.raw(unknown)
                }
            }
        }
        #expect(reading.samples == ["a{n=v} 1.0"])
    }

    static let wrong: [(String, String, @Sendable (inout ProtobufWriter) -> Void)] = [
        ("MetricFamily", "field 1", { $0.delimited { $0.varint(1, 1) } }),
        ("MetricFamily", "field 3", { $0.delimited { $0.text(3, "") } }),
        ("MetricFamily", "field 4", { $0.delimited { $0.double(4, 1) } }),
        ("Metric", "field 6", { $0.delimited { $0.message(4) { $0.double(6, 1) } } }),
        ("Metric", "field 2", { $0.delimited { $0.message(4) { $0.double(2, 1) } } }),
        ("Metric", "field 1", { $0.delimited { $0.message(4) { $0.raw([0x0b, 0x0c]) } } }),
        ("LabelPair", "field 2", { $0.delimited { $0.message(4) { $0.message(1) { $0.varint(2, 1) } } } }),
        ("Counter", "field 1", { $0.delimited { $0.message(4) { $0.message(3) { $0.varint(1, 1) } } } }),
    ]

    @Test(arguments: wrong) func `a field with another wire type is refused`(
        message: String, field: String, write: @Sendable (inout ProtobufWriter) -> Void
    ) {
        let reading = ProtobufReading { body in
            body.delimited { $0.text(1, "a") }
            write(&body)
        }
        let refusal = reading.refusal ?? ""
        #expect(refusal.hasSuffix("wrong wire type of \(field) of \(message)") || refusal.hasSuffix("metric name"))
        let named = ProtobufReading { body in
            body.delimited {
                $0.text(1, "a")
                $0.raw(Array(ProtobufWriter.message(write).dropFirst()))
            }
        }
        #expect(named.refusal == "message 1 (metric family \"a\"): wrong wire type of \(field) of \(message)")
    }
}
