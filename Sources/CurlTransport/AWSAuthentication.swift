import Glibc
import Settings

/// Requests signed with what settings, environment and shared files say now.
struct AWSAuthentication {
    private let service: String
    private let sources: AWSSources
    private let clock: () -> Int64

    /// - Parameter clock: milliseconds since the epoch.
    init(
        _ settings: SigV4, environment: @escaping Environment.Lookup = Environment.variable,
        clock: @escaping () -> Int64
    ) {
        service = settings.serviceName
        sources = AWSSources(settings, environment: environment)
        self.clock = clock
    }

    /// The files that keys may be in; they need not be there.
    var files: [String] { sources.files }

    /// The lines that sign a request with these others.
    func lines(_ target: Target, _ headers: [String], _ body: [UInt8], _ files: WatchedFiles) throws(Withheld)
        -> [String]
    {
        let signature = AWSSignature(
            credentials: try sources.credentials(files), region: try sources.region(files), service: service,
            time: Self.text(of: clock()))
        let host = HeaderLines.line("Host", target.host)
        let request = AWSSignature.Request(
            path: target.path, query: target.query, headers: (headers + [host]).compactMap(Self.header), body: body)
        return signature.lines(request) + (headers.contains(host) ? [] : [host])
    }

    /// A line that is sent as it stands: not one that takes a header away, nor one without a value.
    private static func header(_ line: String) -> (name: String, value: String)? {
        guard let colon = line.firstIndex(of: ":"), line.index(after: colon) < line.endIndex else { return nil }
        return (String(line[..<colon]), String(line[line.index(after: colon)...]))
    }

    /// A time as `20150830T123600Z`.
    static func text(of milliseconds: Int64) -> String {
        var seconds = time_t(milliseconds / 1_000)
        var parts = unsafe tm()
        unsafe gmtime_r(&seconds, &parts)
        let numbers = unsafe [parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec]
        let digits = numbers.map { $0 < 10 ? "0\($0)" : "\($0)" }
        let year = unsafe parts.tm_year + 1900
        return "\(year)\(digits[0])\(digits[1])T\(digits[2])\(digits[3])\(digits[4])Z"
    }
}
