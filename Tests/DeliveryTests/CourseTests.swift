import Telemetry
import Testing

@testable import Delivery

@Suite("What is remembered of a destination's answers")
struct CourseTests {
    private func answer(_ status: Int, _ message: String = "") -> Response {
        .status(status, message: message, retryAfter: nil)
    }

    @Test func `the last trouble stays when it is well again, in the destination's own words`() {
        var course = Course()
        course.note(answer(503, "no\nroom é"), .retry(after: nil), wall: 5)
        course.note(answer(200), .delivered, wall: 7)
        #expect(course.lastTrouble == .init(time: 5, words: "answered 503: no room é"))
        #expect(course.lastDelivery == 7)
        course.note(.unreachable("connection refused by far.test:80"), .retry(after: nil), wall: nil)
        #expect(course.lastTrouble?.words == "connection refused by far.test:80")
    }

    @Test func `it refuses from an answer that refuses data to one that stores it`() {
        var course = Course()
        course.note(answer(400, "out of order"), .refused, wall: 1)
        #expect(course.isRefusing)
        course.note(answer(503), .retry(after: nil), wall: 2)
        #expect(course.isRefusing)
        course.note(answer(200), .delivered, wall: 3)
        #expect(!course.isRefusing)
    }

    @Test func `losses are bounded in number and length`() {
        var course = Course()
        for number in 0..<100 {
            course.note(Loss(time: Int64(number), kind: .lost, job: String(repeating: "j", count: 10_000), samples: 1))
        }
        let losses = course.losses.latestFirst
        #expect(losses.count == Course.kept)
        #expect(losses.first?.time == 99)
        #expect(losses.first?.job.utf8.count == Course.longestJob)
    }
}
