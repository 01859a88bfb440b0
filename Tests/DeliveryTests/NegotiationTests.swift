import RemoteWrite
import Testing

@testable import Delivery

@Suite("Negotiation: version 2 falls back to version 1")
struct NegotiationTests {
    private static let statuses = [200, 204, 301, 400, 401, 404, 408, 409, 413, 415, 422, 429, 500, 503, 0]

    private func response(_ status: Int, _ written: Written?) -> Response {
        status == 0 ? .unreachable("reset") : .status(status, message: "", retryAfter: nil, written: written)
    }

    @Test(arguments: statuses, [false, true])
    func `on 415, on 2xx without Written headers, and on a first 400 without them`(status: Int, isConfirmed: Bool) {
        for written in [nil, Written(), Written(samples: 3)] {
            var negotiation = Negotiation(.v2)
            if isConfirmed {
                let first = negotiation.isMisunderstood(response(503, Written()), to: .v2)
                #expect(!first)
            }
            let expected =
                status == 415 || written == nil && (200...299 ~= status || status == 400 && !isConfirmed)
                || written == Written() && 200...299 ~= status
            let isMisunderstood = negotiation.isMisunderstood(response(status, written), to: .v2)
            #expect(isMisunderstood == expected)
            #expect(negotiation.version == (expected ? .v1 : .v2))
        }
    }

    @Test func `on 2xx that confirms nothing, unless something was confirmed before`() {
        var negotiation = Negotiation(.v2)
        let answers = [Written(samples: 1), Written(), nil].map { response(200, $0) }
        #expect(answers.map { negotiation.isMisunderstood($0, to: .v2) } == [false, false, true])
    }

    @Test(arguments: statuses)
    func `no answer to version 1 changes anything`(status: Int) {
        for version in RemoteWriteVersion.allCases {
            var negotiation = Negotiation(version)
            let isMisunderstood = negotiation.isMisunderstood(response(status, nil), to: .v1)
            #expect(!isMisunderstood)
            #expect(negotiation == Negotiation(version))
        }
    }

    @Test func `once it is version 1 it stays so, and version 2 requests under way come again as version 1`() {
        var negotiation = Negotiation(.v2)
        let answers = [response(204, nil), response(400, nil), response(200, Written(samples: 1))]
        #expect(answers.map { negotiation.isMisunderstood($0, to: .v2) } == [true, true, false])
        #expect(negotiation.version == .v1)
    }
}
