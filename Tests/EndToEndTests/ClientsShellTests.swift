import Testing

extension Clients {
    @Suite("The shell: curl and wget")
    struct ShellTests {
        /// A command line as one would type it, and what is stored of it.
        struct Line: CustomTestStringConvertible, Sendable {
            let job: String
            let command: String
            let stored: String
            var testDescription: String { command }

            init(_ job: String, _ command: String, stores stored: String) {
                (self.job, self.command, self.stored) = (job, command, stored)
            }
        }

        private static let body = #"# TYPE shell_total counter\nshell_total{step="a"} 1\nshell_size 2\n"#
        private static let stored = """
            shell_size 2
            shell_total{step="a"} 1
            """

        private static let curlLines: [Line] = [
            Line("curl", "printf '\(body)' | curl --data-binary @- $URL/metrics/job/curl", stores: stored),
            Line("curl-bare", "printf '\(body)' | curl --data-binary @- $HOST/metrics/job/curl-bare", stores: stored),
            Line(
                "curl-put", "printf '\(body)' | curl -X PUT --data-binary @- $URL/metrics/job/curl-put/", stores: stored
            ),
            // --data takes the line ends out of a file, so one sample is what it can push.
            Line("curl-data", "curl --data 'shell_size 2' $URL/metrics/job/curl-data", stores: "shell_size 2"),
            Line(
                "curl-data-file", "echo 'shell_size 2' | curl --data @- $URL/metrics/job/curl-data-file",
                stores: "shell_size 2"),
            Line(
                "curl-gzip",
                "printf '\(body)' | gzip | curl -H 'Content-Encoding: gzip' --data-binary @- $URL/metrics/job/curl-gzip",
                stores: stored),
            Line(
                "curl-chunked",
                "printf '\(body)' | curl -H 'Transfer-Encoding: chunked' --data-binary @- $URL/metrics/job/curl-chunked",
                stores: stored),
            Line(
                "curl-pipe", "(printf '\(body)'; echo 'late 3') | curl -T - $URL/metrics/job/curl-pipe",
                stores: "late 3\n" + stored),
            Line(
                "curl-zipped-pipe",
                "printf '\(body)' | gzip | curl -T - -H 'Content-Encoding: gzip' $URL/metrics/job/curl-zipped-pipe",
                stores: stored),
            Line(
                "curl/base64",
                "echo 'shell_size 2' | curl --data-binary @- $URL/metrics/job@base64/$(printf curl/base64 | base64)",
                stores: "shell_size 2"),
        ]

        @Test(arguments: curlLines)
        func `curl`(line: Line) async throws {
            let backend = try ClientsBackend.current
            // The same line with what makes the status seen.
            let seen = line.command.replacing("curl -", with: "curl -sS -o answer-$$ -w '%{http_code}' -")
            let result = try await backend.push("/bin/bash", ["-c", "set -o pipefail; \(seen); cat answer-$$"])
            #expect(result.output == "200", "\(result)")
            try await backend.expect(line.stored, under: ["job": line.job])
        }

        private static let wgetLines: [Line] = [
            Line("wget", "wget -O - --post-data 'shell_size 2' $URL/metrics/job/wget", stores: "shell_size 2"),
            Line(
                "wget-file", "printf '\(body)' > body-$$; wget -O - --post-file body-$$ $URL/metrics/job/wget-file",
                stores: stored),
            Line(
                "wget-put",
                "printf '\(body)' > body-$$; wget -O - --method PUT --body-file body-$$ $URL/metrics/job/wget-put",
                stores: stored),
        ]

        @Test(arguments: wgetLines)
        func `wget`(line: Line) async throws {
            let backend = try ClientsBackend.current
            let seen = line.command.replacing("wget -O", with: "wget --quiet --server-response -O")
            let result = try await backend.push("/bin/bash", ["-c", seen])
            #expect(result.output == "")
            #expect(result.errors.contains("HTTP/1.1 200 OK"), "\(result.errors)")
            try await backend.expect(line.stored, under: ["job": line.job])
        }
    }
}
