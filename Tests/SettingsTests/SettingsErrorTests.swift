import Settings
import Testing

@Suite struct SettingsErrorTests {
    @Test(arguments: [
        (SettingsError.notADuration("30"), "expected a duration such as 30s"),
        (.notASize("5x"), "expected a size such as 64MiB"),
        (.notAnAddress("::1:1", .bracketsMissing), "expected brackets around an IPv6 address"),
        (.notAnAddress("h", .portMissing), "expected host:port"),
        (.notAPathPrefix("x", .slashMissing), "a path prefix begins with a slash"),
        (.notAPathPrefix("/x/", .slashSuperfluous), "no slash at its end"),
        (.tooSmall(minimum: "1ms"), "must be at least 1ms"),
        (.tooLarge(maximum: "1GiB"), "must be at most 1GiB"),
        (.duplicate("/a"), "\"/a\" is there twice"),
        (.schemeUnknown, "must begin with http:// or https://"),
    ])
    func `an error says what would be right`(error: SettingsError, part: String) {
        #expect(error.description.contains(part))
        #expect(!error.description.contains("\n"))
    }
}
