import Testing

@testable import SettingsFile

@Suite struct SettingsFileErrorTests {
    @Test func `an error names the file and what is wrong`() {
        #expect(
            "\(SettingsFileError.unreadable(file: "c.yaml", reason: "No such file or directory"))"
                == "c.yaml: cannot be read: No such file or directory")
        #expect("\(SettingsFileError.tooLarge(file: "c.yaml", limit: 9))" == "c.yaml: is longer than 9 bytes")
        #expect(
            "\(SettingsFileError.malformed(Problem(file: "c.yaml", place: .start, message: "is wrong")))"
                == "c.yaml:1:1: is wrong")
    }
}
