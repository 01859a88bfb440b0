import Testing

@testable import Delivery

@Suite("Health: A2")
struct HealthTests {
    let start = ContinuousClock.now
    var health = Health(wires: 2, answerTimeout: .seconds(5))

    @Test mutating func `a new destination is well`() {
        #expect(failing(at: 3_600) == nil)
        #expect(health.slow == "no answer yet")
    }

    @Test mutating func `attempts that fail for a second make it failing, and it says why and since when`() {
        attempt(from: 0, to: 0) { $0.fail(wire: 0, because: "connection refused", at: $1) }
        #expect(failing(at: 0.9) == nil)
        #expect(health.slow == "connection refused, since 1970-01-01T00:00:00Z")
        #expect(failing(at: 1) == "connection refused, since 1970-01-01T00:00:00Z")
    }

    @Test mutating func `the latest reason counts, and the first time`() {
        attempt(from: 2, to: 2) { $0.fail(wire: 0, because: "connection refused", at: $1) }
        attempt(from: 3, to: 3) { $0.fail(wire: 1, because: "answered 503", at: $1) }
        #expect(failing(at: 4) == "answered 503, since 1970-01-01T00:00:02Z")
    }

    @Test mutating func `the next success, of whichever wire, ends it`() {
        attempt(from: 0, to: 0) { $0.fail(wire: 0, because: "answered 503", at: $1) }
        #expect(failing(at: 2) != nil)
        attempt(wire: 1, from: 2, to: 3) { $0.succeed(wire: 1, at: $1) }
        #expect(failing(at: 9) == nil)
    }

    @Test mutating func `failures between successes do not make it failing`() {
        for second in 0..<10 {
            let time = Double(second)
            attempt(from: time, to: time) { $0.fail(wire: 0, because: "answered 500", at: $1) }
            attempt(wire: 1, from: time, to: time + 0.5) { $0.succeed(wire: 1, at: $1) }
            #expect(failing(at: time + 0.9) == nil)
        }
    }

    @Test mutating func `an attempt without an answer makes it failing once pushers have waited in vain`() {
        _ = health.begin(wire: 0, at: moment(10))
        #expect(failing(at: 14.9) == nil)
        #expect(failing(at: 15) == "no answer, since 1970-01-01T00:00:10Z")
    }

    @Test mutating func `it stays failing when that attempt ends without an answer`() {
        attempt(from: 10, to: 40) { $0.fail(wire: 0, because: "timed out", at: $1) }
        #expect(failing(at: 40) == "timed out, since 1970-01-01T00:00:10Z")
    }

    @Test mutating func `a slow wire is no failure while others succeed`() {
        _ = health.begin(wire: 0, at: moment(0))
        attempt(wire: 1, from: 4, to: 4) { $0.succeed(wire: 1, at: $1) }
        #expect(failing(at: 8.9) == nil)
        #expect(failing(at: 9) != nil)
    }

    @Test mutating func `a wrong configuration makes it failing at once, with one attempt in ten seconds`() {
        attempt(from: 0, to: 0) { $0.hold(wire: 0, because: "answered 401", at: $1) }
        #expect(failing(at: 0) == "answered 401, since 1970-01-01T00:00:00Z")
        #expect(health.begin(wire: 0, at: moment(0)) == moment(10).instant)
        #expect(health.begin(wire: 1, at: moment(9.9)) == moment(10).instant)
        #expect(health.begin(wire: 1, at: moment(10)) == nil)
        #expect(health.begin(wire: 0, at: moment(10)) == moment(20).instant)
    }

    @Test mutating func `the next success lets all wires through again`() {
        attempt(from: 0, to: 0) { $0.hold(wire: 0, because: "answered 401", at: $1) }
        attempt(from: 10, to: 10) { $0.succeed(wire: 0, at: $1) }
        #expect(!health.isHeld)
        #expect(health.begin(wire: 1, at: moment(10)) == nil)
        #expect(failing(at: 10) == nil)
    }

    @Test mutating func `credentials that have changed end the wait, for one attempt`() {
        attempt(from: 0, to: 0) { $0.hold(wire: 0, because: "answered 401", at: $1) }
        health.renew(at: moment(3).instant)
        #expect(failing(at: 3) == "answered 401, since 1970-01-01T00:00:00Z")
        #expect(health.begin(wire: 1, at: moment(3)) == nil)
        #expect(health.begin(wire: 0, at: moment(3)) == moment(13).instant)
        attempt(from: 13, to: 13) { $0.succeed(wire: 0, at: $1) }
        health.renew(at: moment(14).instant)
        #expect(!health.isHeld)
    }

    @Test mutating func `a wrong configuration that turns into an outage is tried as an outage is`() {
        attempt(from: 0, to: 0) { $0.hold(wire: 0, because: "answered 401", at: $1) }
        attempt(from: 10, to: 10) { $0.fail(wire: 0, because: "answered 503", at: $1) }
        #expect(health.begin(wire: 1, at: moment(10)) == nil)
        #expect(failing(at: 10) == "answered 503, since 1970-01-01T00:00:00Z")
    }

    @Test mutating func `without a wall clock it does not say since when`() {
        health.fail(wire: 0, because: "answered 503", at: Health.Moment(instant: start, wall: nil))
        #expect(failing(at: 1) == "answered 503")
    }

    private func moment(_ seconds: Double) -> Health.Moment {
        Health.Moment(instant: start + .milliseconds(Int(seconds * 1_000)), wall: Int64(seconds * 1_000))
    }

    private func failing(at seconds: Double) -> String? { health.failing(at: moment(seconds).instant) }

    private mutating func attempt(
        wire: Int = 0, from began: Double, to ended: Double, _ end: (inout Health, Health.Moment) -> Void
    ) {
        #expect(health.begin(wire: wire, at: moment(began)) == nil)
        end(&health, moment(ended))
    }

    @Test func `a push that fails by itself ends a hold, and says nothing else`() {
        let start = ContinuousClock.now
        var health = Health(wires: 1, answerTimeout: .seconds(5))
        let moment = { (seconds: Int) in Health.Moment(instant: start + .seconds(seconds), wall: nil) }
        _ = health.begin(wire: 0, at: moment(0))
        health.hold(wire: 0, because: "answered 401", at: moment(0))
        #expect(health.begin(wire: 0, at: moment(1)) != nil)
        #expect(health.begin(wire: 0, at: moment(10)) == nil)
        // The attempt was made with a push that is suspected itself, and answered 500: the credentials are right again.
        health.ignore(wire: 0)
        #expect(health.begin(wire: 0, at: moment(11)) == nil)
        #expect(!health.isHeld)
    }
}
