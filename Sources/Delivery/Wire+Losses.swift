import Logging
import Synchronization
import Telemetry

// What the status page shows of pushes that will never be stored (contract A2).
extension Wire {
    /// Remembers samples that the destination will never store.
    ///
    /// - Parameters:
    ///   - response: the answer that settled it, where there is one.
    ///   - isTold: whether the pusher was still waiting.
    func remember(_ kind: Loss.Kind, _ samples: (job: String, count: Int), _ response: Response?, isTold: Bool = false)
    {
        var loss = Loss(time: moment(.now).wall ?? 0, kind: kind, job: samples.job, samples: samples.count)
        loss.isTold = isTold
        if case .status(let status, let message, _, _) = response {
            (loss.status, loss.words) = (status, Message.excerpt(message))
        }
        destination.course.withLock { $0.note(loss) }
    }

    /// What is given up at the end, by job.
    struct Lost {
        /// Jobs are logged one by one as long as there are so few of them; of more, the largest are.
        static let mostJobs = 10

        var jobs: [String: (pushes: Int, samples: Int)] = [:]
        var samples: Int { jobs.values.reduce(0) { $0 + $1.samples } }
    }

    /// Counts and settles pushes that nobody will deliver any more.
    func lose(_ entries: [Batch.Entry], _ lost: inout Lost) {
        for (job, entries) in Dictionary(grouping: entries, by: \.job) {
            let samples = entries.reduce(0) { $0 + $1.samples }
            count(samples, failed: "lost")
            lost.jobs[job, default: (0, 0)].pushes += entries.count
            lost.jobs[job, default: (0, 0)].samples += samples
            let told = entries.count { $0.acknowledgement.fail(.lost, by: destination) }
            remember(.lost, (job, samples), nil, isTold: told == entries.count)
        }
    }

    /// Logs what is given up: no more lines than a log can bear, whatever waits.
    func report(_ lost: Lost) {
        let jobs = lost.jobs.sorted { ($1.value.samples, $0.key) < ($0.value.samples, $1.key) }
        for (job, sum) in jobs.prefix(Lost.mostJobs) {
            destination.logger.warning(
                "pushes lost",
                metadata: ["job": "\(job)", "pushes": "\(sum.pushes)", "samples": "\(sum.samples)"])
        }
        let others = jobs.dropFirst(Lost.mostJobs)
        guard !others.isEmpty else { return }
        destination.logger.warning(
            "pushes of further jobs lost",
            metadata: [
                "jobs": "\(others.count)", "pushes": "\(others.reduce(0) { $0 + $1.value.pushes })",
                "samples": "\(others.reduce(0) { $0 + $1.value.samples })",
            ])
    }

    /// Tells when the oldest push in hand was received.
    func publishOldest() {
        var oldest = machine.isEmpty ? Int64.max : shipment.entries.first?.receiptTime ?? .max
        for aside in asides { oldest = min(oldest, aside.pushes.first?.entry.receiptTime ?? .max) }
        shard.note(inHandSince: oldest)
    }
}
