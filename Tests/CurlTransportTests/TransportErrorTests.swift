import Testing

@testable import CurlTransport

@Suite("TransportError")
struct TransportErrorTests {
    @Test(arguments: [
        (TransportError.noHandle, "libcurl cannot start: is libcurl.so.4 (Debian: libcurl4) there?"),
        (
            .unusableOption(destination: "mimir", reason: "Unknown option"),
            "libcurl refuses the settings of mimir: Unknown option"
        ),
        (.unusableURL(destination: "mimir"), "the url of mimir cannot be used"),
        (.noThread(code: 11), "the system refuses a thread (error 11)"),
    ])
    func `it is one sentence`(error: TransportError, text: String) {
        #expect(error.description == text)
    }
}
