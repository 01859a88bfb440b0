import CCurl
import Discovery
import Synchronization

/// The thread that fetches: ask, do, poll, tell.
///
/// It owns the curl handles and the plan; other threads may stop it.
public final class FetchThread: Sendable {
    private let alarm = Alarm()
    private let connections: Int
    private let userAgent: String
    private let bodyBudget: Int
    private let isStopped = Atomic(false)

    /// A thread that does not run yet.
    ///
    /// - Parameters:
    ///   - version: for `User-Agent: push-collector/<version>`.
    ///   - connections: how many connections are kept open between requests.
    ///   - bodyBudget: the bytes of bodies that may be in memory together.
    public init(version: String, connections: Int, bodyBudget: Int) {
        self.connections = connections
        userAgent = "push-collector/\(version)"
        self.bodyBudget = bodyBudget
    }

    /// Makes `run` return soon; any thread.
    public func stop() {
        isStopped.store(true, ordering: .releasing)
        alarm.ring()
    }

    /// Does what the plan says until it is stopped; blocks the thread that calls it.
    ///
    /// - Parameter clients: how servers are spoken to; requests name them by their index.
    func run(_ plan: any FetchPlan, as clients: [FetchClient]) throws(TransportError) {
        let multi = try MultiHandle(alarm)
        multi.keep(connections: connections)
        var work = Work(
            accesses: clients.map { FetchAccess($0, userAgent: userAgent, now: .now) },
            budget: FetchBudget(limit: bodyBudget))
        while !isStopped.load(ordering: .acquiring) {
            let wait = ask(plan, multi, &work)
            multi.perform()
            let isBusy = tell(plan, multi, &work.fetches)
            if !isBusy { multi.poll(atMost: min(max(.zero, wait - .now), .seconds(3_600))) }
        }
        for fetch in work.fetches.values { fetch.end(on: multi) }
    }

    /// What is under way, and how servers are spoken to.
    private struct Work {
        var accesses: [FetchAccess]
        let budget: FetchBudget
        var fetches: [Int: Fetch] = [:]
    }

    /// Begins and gives up requests as it is told.
    ///
    /// - Returns: when to ask again.
    private func ask(
        _ plan: any FetchPlan, _ multi: borrowing MultiHandle, _ work: inout Work
    ) -> ContinuousClock.Instant {
        while true {
            switch plan.next(now: .now) {
            case .wait(let until): return until
            case .cancel(let id): work.fetches.removeValue(forKey: id)?.end(on: multi)
            case .fetch(let id, let request):
                do {
                    let fetch = try Fetch(request, as: id, &work.accesses[request.client], within: work.budget)
                    guard fetch.begin(on: multi) else { throw TransportError.noHandle }
                    work.fetches[id] = fetch
                } catch let withheld as Withheld {
                    plan.finished(.failed(.credentials, withheld.reason), by: id, now: .now)
                } catch {
                    plan.finished(.failed(.unreachable, "\(error)"), by: id, now: .now)
                }
            }
        }
    }

    /// Tells what has come.
    ///
    /// - Returns: whether anything has.
    private func tell(_ plan: any FetchPlan, _ multi: borrowing MultiHandle, _ fetches: inout [Int: Fetch]) -> Bool {
        var isBusy = false
        for (id, fetch) in fetches {
            let news = fetch.news()
            if news.isEmpty { continue }
            isBusy = true
            plan.received(news, by: id, now: .now)
        }
        while let done = multi.nextDone() {
            isBusy = true
            guard let fetch = fetches.removeValue(forKey: done.slot) else { continue }
            let answer = fetch.answer(done.result)
            fetch.end(on: multi)
            plan.finished(answer, by: done.slot, now: .now)
        }
        return isBusy
    }
}
