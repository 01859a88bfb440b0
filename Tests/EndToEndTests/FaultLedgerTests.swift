import Testing

/// What the scenarios stand on: that they would see it if something went wrong.
@Suite("What pushers are told is held against what is stored")
struct FaultLedgerTests {
    private func answer(_ status: Int) -> FaultMessage {
        FaultMessage(
            start: "HTTP/1.1 \(status) Said", headers: ["Retry-After: 1", "push-collector-reason: backend: slow"])
    }

    private func request(_ samples: (sequence: Int, timestamp: Int64)...) -> FaultRequest {
        FaultRequest(
            number: 0,
            samples: samples.map { FaultSample(sequence: $0.sequence, timestamp: $0.timestamp) })
    }

    @Test(arguments: [(200, true), (202, true), (422, false), (503, false)])
    func `an answer that is not true is seen`(status: Int, isStored: Bool) {
        var ledger = FaultLedger(parts: 1)
        ledger.add(7, answer(status))
        let empty = FaultRecord(keepingRequests: true)
        var full = empty
        full.store(request((7, 1)))
        #expect(ledger.lies(about: isStored ? full : empty) == [])
        #expect(ledger.lies(about: isStored ? empty : full).count == 1)
    }

    @Test func `a push that is stored in part is seen, whatever it was answered`() {
        var record = FaultRecord(keepingRequests: true)
        record.store(request((14, 1)))
        for status in [200, 202, 422, 503] {
            var ledger = FaultLedger(parts: 2)
            ledger.add(7, answer(status))
            #expect(ledger.lies(about: record).count == 1)
        }
    }

    @Test func `an answer that there should not be is seen`() {
        var ledger = FaultLedger(parts: 1)
        ledger.add(1, answer(500))
        ledger.add(2, FaultMessage(start: "HTTP/1.1 202 Accepted"))
        ledger.add(3, FaultMessage(start: "HTTP/1.1 503 Service Unavailable"))
        var record = FaultRecord(keepingRequests: true)
        record.store(request((2, 1)))
        #expect(ledger.lies(about: record) == ["202 without a reason", "503 with Retry-After 0", "answered [500]"])
    }

    @Test func `a sample that comes again with another time or behind a later one is seen`() {
        var record = FaultRecord(keepingRequests: true)
        record.store(request((1, 10), (2, 11)))
        record.store(request((1, 10), (2, 11)))
        #expect(record.flaws == [])
        #expect(record.count == 2)
        record.store(request((1, 12)))
        #expect(record.flaws.count == 1)
        record.store(request((3, 11)))
        #expect(record.flaws.count == 2)
        #expect(record.disordered == [])
        record.store(request((0, 20)))
        #expect(record.flaws.count == 2)
        #expect(record.disordered == [.init()])
    }

    @Test func `numbers that do not add up are seen`() {
        func page(pending: Int) -> String {
            """
            push_collector_remote_write_samples_in_total{destination="backend"} 10
            push_collector_remote_write_samples_total{destination="backend"} 5
            push_collector_remote_write_samples_failed_total{destination="backend",reason="lost"} 1
            push_collector_remote_write_samples_failed_total{destination="backend",reason="refused"} 1
            push_collector_samples_dropped_total{destination="backend",reason="age"} 1
            push_collector_samples_dropped_total{destination="backend",reason="exemplar"} 7
            push_collector_remote_write_samples_pending{destination="backend"} \(pending)
            """
        }
        #expect(FaultScrape(page: page(pending: 2)).flaw(of: "backend") == nil)
        #expect(FaultScrape(page: page(pending: 3)).flaw(of: "backend") != nil)
        #expect(FaultScrape(page: page(pending: 2)).sum("remote_write_samples_failed_total") == 2)
    }

    @Test func `the search for a culprit is bounded`() {
        #expect(FaultSearch(pushes: 1, culprits: 1).bound == 2)
        #expect(FaultSearch(pushes: 64, culprits: 2).bound == 28)
        #expect(FaultSearch(pushes: 65, culprits: 1).bound == 16)
        #expect(FaultSearch(pushes: 64, culprits: 0).bound == 1)
        let batch = request((1, 1), (2, 1), (3, 1))
        let searches = FaultSearch.all(in: [batch, request((1, 1)), request((2, 1), (3, 1)), request((4, 1))])
        #expect(searches.map(\.requests) == [3, 1])
        #expect(searches.map(\.pushes) == [3, 1])
    }
}
