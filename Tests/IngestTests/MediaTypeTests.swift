import Testing

@testable import Ingest

@Suite("Media types (RFC 9110, 8.3.1)")
struct MediaTypeTests {
    @Test(
        arguments: [
            ("text/plain", "text/plain", [:]),
            (" Text/Plain ; A=b;c = D ", "text/plain", ["a": "b", "c": "D"]),
            ("a/b; x=\"1;2,3\"; y=\"q\\\"\\\\\"", "a/b", ["x": "1;2,3", "y": "q\"\\"]),
            ("a/b; x=1; x=2", "a/b", ["x": "1"]),
            ("a/b; x; =1; y=", "a/b", ["": "1", "y": ""]),
            ("a/b; x=1, c/d; y=2", "a/b", ["x": "1"]),
            ("a/b; x=\"open", "a/b", ["x": "\"open"]),
            ("", "", [:]), (";", "", [:]),
        ] as [(String, String, [String: String])])
    func `are read as far as they can be`(text: String, essence: String, parameters: [String: String]) {
        let type = MediaType(text)
        #expect(type.essence == essence)
        #expect(type.parameters == parameters)
    }
}
