import Testing

@testable import PushCollector

@Suite struct CommandErrorTests {
    @Test(arguments: [
        (CommandError.usage("x"), Int32(2), ["push-collector: x", "See push-collector --help."]),
        (.configuration(["a", "b"]), 1, ["a", "b"]), (.start("x"), 1, ["push-collector: x"]),
    ])
    func `an error has a status and lines`(error: CommandError, status: Int32, lines: [String]) {
        #expect(error.status.rawValue == status)
        #expect(error.lines == lines)
    }
}
