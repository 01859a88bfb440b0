import NIOCore
import NIOHTTP1
import Telemetry

// What is remembered of a request: counters, the journal, the log.
extension PushHandler {
    /// Counts and notes a request whose answer is about to go out.
    func record(_ exchange: Exchange, _ answer: HTTPAnswer, now: NIODeadline) {
        let took = exchange.began.map { now - $0 } ?? .zero
        let code = Int(answer.status.code)
        let http = intake.metrics.http
        pipeline.requests.add(.init(handler: exchange.handler, method: exchange.methodLabel, code: code))
        http.durations[exchange.handler].record(Int(took.nanoseconds))
        if let size = exchange.size { http.pushSizes.record(size) }
        let log = intake.requestLog
        if log.writesAll { log.answered(exchange, code: code, took: took, from: peer) }
        guard exchange.handler == "push" else { return }
        if let refusal = exchange.refusal {
            intake.metrics.pushes.errors.add(refusal.reason)
            log.refused(exchange, code: code, from: peer)
        }
        note(exchange, answer, at: now)
    }

    private func note(_ exchange: Exchange, _ answer: HTTPAnswer, at now: NIODeadline) {
        let isRefused = exchange.refusal != nil
        let reason = isRefused ? answer.body : answer.headers.first { $0.name == "Push-Collector-Reason" }?.value
        journal.note(
            Journal.Entry(
                began: exchange.began ?? now, answered: now, peer: peer,
                target: exchange.target, samples: exchange.samples,
                status: Int(answer.status.code), reason: reason ?? "", isRefused: isRefused))
    }
}
