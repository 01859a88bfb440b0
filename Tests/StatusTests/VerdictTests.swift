import Delivery
import Telemetry
import Testing

@testable import Status

@Suite("What an operator is to know first")
struct VerdictTests {
    private func verdict(_ change: (inout StatusFacts) -> Void) -> Verdict {
        var facts = StatusFacts.usual(.named("mimir"), .named("backup"))
        change(&facts)
        return Verdict(facts)
    }

    @Test func `nothing is wrong`() {
        #expect(verdict { _ in }.title == "All is well")
        #expect(verdict { $0.pushes.all = 0 }.title == "Ready for the first push")
        #expect(verdict { _ in }.level == .well)
    }

    @Test func `a destination that fails comes first, with its words and what is held`() {
        let verdict = verdict {
            $0.destinations[1].state = .backingOff
            $0.destinations[1].isFailing = true
            $0.destinations[1].why = "answered 503: no room, since 2026-08-21T11:59:00Z"
            $0.destinations[1].queue.bytes = 1 << 19
            $0.isConfigurationCurrent = false
        }
        #expect(verdict.level == .trouble)
        #expect(verdict.title == "backup stores nothing")
        #expect(verdict.text.contains("answered 503: no room, since 2026-08-21T11:59:00Z. "))
        #expect(verdict.text.contains("50 % of the queue"))
    }

    @Test func `one that is not required is no more than a notice, and gives way to one that is`() {
        let fails: (inout DestinationStatus) -> Void = { ($0.state, $0.isFailing) = (.backingOff, true) }
        let alone = verdict {
            $0.destinations[0].isRequired = false
            fails(&$0.destinations[0])
        }
        #expect(alone.level == .notice)
        let both = verdict {
            $0.destinations[0].isRequired = false
            fails(&$0.destinations[0])
            $0.destinations[1].state = .holding
        }
        #expect(both.level == .trouble)
        #expect(both.title == "backup is not talked to as it wants")
    }

    @Test func `one that leaves is no news while it delivers, and a notice where it does not`() {
        let leaves: (inout DestinationStatus) -> Void = {
            ($0.isLeaving, $0.isRequired) = (true, false)
            $0.queue.samples = 3
            $0.queue.bytes = $0.queue.limit
        }
        #expect(verdict { leaves(&$0.destinations[1]) }.level == .well)
        let stuck = verdict {
            leaves(&$0.destinations[1])
            ($0.destinations[1].state, $0.destinations[1].why) = (.holding, "answered 401")
        }
        #expect(stuck.level == .notice)
        #expect(stuck.title == "backup is leaving, and still lacks 3 samples")
        #expect(stuck.text.contains("answered 401. "))
        let drained = verdict {
            leaves(&$0.destinations[1])
            ($0.destinations[1].state, $0.destinations[1].queue.samples) = (.holding, 0)
        }
        #expect(drained.level == .well)
    }

    @Test func `a hiccup of less than a second is no news`() {
        #expect(verdict { $0.destinations[0].state = .backingOff }.level == .well)
    }

    @Test func `a queue that fills, a configuration that was refused, what was lost, and refusals are notices`() {
        #expect(verdict { $0.destinations[0].queue.bytes = 900 << 10 }.title == "The queue of mimir is 87 % full")
        #expect(verdict { $0.isConfigurationCurrent = false }.title == "A changed configuration was refused")
        let lost = verdict { $0.destinations[0].losses = [Loss(time: $0.now, kind: .refused, job: "j", samples: 3)] }
        #expect(lost.title == "3 samples will not be stored")
        let refused = verdict {
            $0.traffic[5].pushes = 100
            $0.traffic[5].refusals = 6
        }
        #expect(refused.title == "6 of 100 pushes were refused")
        for verdict in [lost, refused] { #expect(verdict.level == .notice) }
    }

    @Test func `what the pusher was told, and what is long ago, is no news`() {
        let told = verdict {
            var loss = Loss(time: $0.now, kind: .refused, job: "j", samples: 3)
            loss.isTold = true
            $0.destinations[0].losses = [loss, Loss(time: $0.now - 600_000, kind: .lost, job: "j", samples: 3)]
        }
        #expect(told.level == .well)
        let few = verdict {
            $0.traffic[5].pushes = 100
            $0.traffic[5].refusals = 5
        }
        #expect(few.level == .well)
    }

    @Test func `a start and an end come before all`() {
        #expect(verdict { $0.phase = .starting }.title == "Starting")
        #expect(verdict { $0.phase = .draining }.title == "Being stopped")
    }
}
