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

    /// Tells when the oldest push in hand was received.
    func publishOldest() {
        var oldest = machine.isEmpty ? Int64.max : shipment.entries.first?.receiptTime ?? .max
        for aside in asides { oldest = min(oldest, aside.pushes.first?.entry.receiptTime ?? .max) }
        shard.note(inHandSince: oldest)
    }
}
