import Foundation
import Logging
import Testing

@testable import Telemetry

@Suite struct LogLineJSONTests {
    private func line(_ message: String, _ metadata: Logger.Metadata = [:]) -> String {
        LogLine(time: 1_787_313_601_250, level: .warning, message: message, metadata: metadata).json
    }

    @Test func `a line is an object`() {
        #expect(
            line("server listens", ["b": ["x", ["k": "v"]], "a": "0.0.0.0:3030"])
                == "{\"ts\":\"2026-08-21T12:00:01.250Z\",\"level\":\"warn\",\"msg\":\"server listens\""
                + ",\"a\":\"0.0.0.0:3030\",\"b\":[\"x\",{\"k\":\"v\"}]}")
    }

    @Test func `whatever it holds, it is JSON in one line`() throws {
        let nasty = String(String.UnicodeScalarView((0...0x2100).compactMap(Unicode.Scalar.init)))
        let text = line(String(nasty.prefix(500)), [nasty: .string(nasty)])
        #expect(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: String])
        #expect(object["msg"] == String(nasty.prefix(500)))
        #expect(object[nasty]?.hasPrefix(nasty.prefix(100)) == true)
    }
}
