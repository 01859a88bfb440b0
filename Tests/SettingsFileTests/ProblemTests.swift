import Testing

@testable import SettingsFile

@Suite struct ProblemTests {
    @Test func `a problem names the file, the place and the key`() {
        let place = Place(line: 3, column: 7)
        #expect(
            "\(Problem(file: "a/collector.yaml", place: place, path: "log.level", message: "is wrong"))"
                == "a/collector.yaml:3:7: log.level: is wrong")
        #expect("\(Problem(file: "c.yaml", place: place, message: "is wrong"))" == "c.yaml:3:7: is wrong")
    }
}
