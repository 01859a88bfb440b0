import Bytes
import Testing

@Suite struct StandardStreamTests {
    @Test func `a text is written at once, whatever its length`() async throws {
        let result = try await #require(
            processExitsWith: .success, observing: [\.standardOutputContent, \.standardErrorContent]
        ) {
            StandardStream.output.write("first\n")
            StandardStream.output.write(String(repeating: "x", count: 200_000) + "\nlast\n")
            StandardStream.error.write("aside\n")
        }
        let output = String(decoding: result.standardOutputContent, as: UTF8.self)
        #expect(output.contains("first\n\(String(repeating: "x", count: 200_000))\nlast\n"))
        #expect(String(decoding: result.standardErrorContent, as: UTF8.self).contains("aside\n"))
    }
}
