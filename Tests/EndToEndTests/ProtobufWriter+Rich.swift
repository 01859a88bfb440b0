import Fixtures

extension ProtobufWriter {
    /// What only protobuf has: a counter with an exemplar, and a native histogram with buckets on both sides.
    static func exemplarAndNativeHistogram(labels: [(String, String)] = []) -> [UInt8] {
        var body = ProtobufWriter()
        body.family("requests_total", type: 0) {
            $0.metric(labels) {
                $0.message(3) {
                    $0.double(1, 5)
                    $0.message(2) {
                        $0.label("trace_id", "abc")
                        $0.double(2, 0.5)
                    }
                }
            }
        }
        body.family("latency", type: 4) {
            $0.metric {
                $0.message(7) {
                    $0.varint(1, 4)
                    $0.double(2, 2.5)
                    $0.zigZag(5, 1)
                    $0.double(6, 0.001)
                    $0.varint(7, 1)
                    $0.message(12) {
                        $0.zigZag(1, 0)
                        $0.varint(2, 2)
                    }
                    for delta: Int64 in [1, 1] { $0.zigZag(13, delta) }
                }
            }
        }
        return body.bytes
    }
}
