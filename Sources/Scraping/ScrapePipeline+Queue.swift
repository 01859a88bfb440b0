import Delivery
import Discovery
import Relabeling
import RemoteWrite
import Samples

// From the batch to the queue.
extension ScrapePipeline {
    /// How often a scrape is stamped before it is given up: others come between only where hashes share a slot.
    private static let stampings = 12

    /// Relabels, encodes and offers the batch, which is canonical.
    ///
    /// - Returns: whether it is in the queue; where it is not, the result says why.
    func offer(on occasion: Occasion, to result: inout Result) -> Bool {
        followReload()
        let grouping = Grouping(hash: occasion.target.hash)
        for (index, relabeler) in outbox.relabelers.enumerated() {
            relabeler?.relabel(&batch, under: grouping, into: &relabeled[index]) { _ in }
        }
        let families = metadata.map { $0?.claim(batch, now: occasion.time) ?? [] }
        do throws(Outbox.Refusal) {
            try enqueue(occasion, grouping, families)
            return true
        } catch {
            for (index, table) in metadata.enumerated() { table?.release(families[index], of: batch) }
            switch error {
            // A reload came between: once more, for what is in force now.
            case .replaced: return offer(on: occasion, to: &result)
            case .full(let destination, let seconds):
                result.retryAfter = seconds
                result.flaw = ScrapeFlaw(.queueFull, "the queue of \(destination) is full")
            case .tooLarge(let destination, let limit):
                let reason = "the scrape is larger than the queue of \(destination), \(limit) bytes"
                result.flaw = ScrapeFlaw(.queueFull, reason)
            case .superseded, .closed: result.flaw = ScrapeFlaw(.queueFull, "the queue takes nothing now")
            }
            return false
        }
    }

    private func enqueue(_ occasion: Occasion, _ grouping: Grouping, _ families: [[Int]]) throws(Outbox.Refusal) {
        let acknowledgement = Acknowledgement { _ in }
        acknowledgement.forget()
        for _ in 0..<Self.stampings {
            let time = outbox.receiptTime(group: grouping.hash, now: occasion.time)
            guard (try? batch.arrange(receiptTime: time)) != nil else { continue }
            encode(grouping, receiptTime: time, families)
            let offer = Offer(
                group: grouping.hash, job: occasion.target.address, receiptTime: time, acknowledgement: acknowledgement)
            do throws(Outbox.Refusal) {
                try outbox.offer(encodings, as: offer)
                return
            } catch .superseded {
                continue
            }
        }
        throw .superseded
    }

    private func encode(_ grouping: Grouping, receiptTime: Int64, _ families: [[Int]]) {
        for (index, profile) in outbox.profiles.enumerated() {
            let kind = profile.relabeling
            let isRelabeled = outbox.relabelers[kind] != nil
            if isRelabeled { relabeled[kind].enter(&batch, receiptTime: receiptTime, isSent: profile.sends) }
            let labels = isRelabeled ? relabeled[kind].grouping : grouping
            encoders[index].encode(batch, grouping: labels, receiptTime: receiptTime, into: &encodings[index])
            if isRelabeled {
                relabeled[kind].leave(&batch)
                encodings[index].samplesLeftOut = profile.samples(of: batch) - encodings[index].samples
            }
            guard encodings[index].samples > 0 else { continue }
            encoders[index].append(metadataOf: families[index], of: batch, to: &encodings[index])
        }
    }
}
