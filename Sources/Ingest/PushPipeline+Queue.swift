import Delivery
import RemoteWrite
import Samples

// From the batch to the queue.
extension PushPipeline {
    /// Stamps, encodes and offers the push, again where another of its group was stamped later and got in first.
    ///
    /// - Returns: `queued`, `empty` where no required destination has something to store, or `outdated`.
    func enqueue(_ grouping: Grouping, _ acknowledgement: Acknowledgement) throws(PushError) -> Outcome {
        // Once for all that is stamped with it: even the fast way to ask costs as much as to scan a line.
        let now = intake.wallClock()
        claimMetadata(now)
        do throws(PushError) {
            for attempt in 0..<Self.stampings {
                let time = receiptTime(of: grouping, attempt: attempt, now: attempt == 0 ? now : intake.wallClock())
                try encode(grouping, receiptTime: time)
                var offer = Offer(
                    group: grouping.hash, job: grouping.job, receiptTime: time, acknowledgement: acknowledgement)
                offer.waker = turnEnd
                if let outcome = try take(offer) {
                    releaseMetadata { outcome == .outdated || encodings[$0].samples == 0 }
                    return outcome
                }
            }
            throw .contended
        } catch {
            releaseMetadata { _ in true }
            throw error
        }
    }

    /// The time that the push is stamped with, in ms since 1970, after so many that came too late.
    ///
    /// A large push takes longer to encode than small ones of its group need to get in: it aims further ahead, and from the
    /// group's last time on, which is ahead of the clock where more than a push a millisecond comes.
    func receiptTime(of grouping: Grouping, attempt: Int, now: Int64) -> Int64 {
        let lead: Int64 = attempt < 2 ? 0 : 1 << Int64(attempt)
        return intake.outbox.receiptTime(group: grouping.hash, now: now) + lead
    }

    /// Encodes the batch for each profile, with the metadata of some families.
    private func encode(_ grouping: Grouping, receiptTime: Int64) throws(PushError) {
        do throws(BatchError) {
            try batch.arrange(receiptTime: receiptTime)
        } catch {
            throw .inconsistentBody(error)
        }
        for index in encoders.indices {
            let grouping = enterRelabeled(index, grouping, receiptTime: receiptTime)
            reading { batch in
                encoders[index].encode(batch, grouping: grouping, receiptTime: receiptTime, into: &encodings[index])
            }
            leaveRelabeled(index)
            countLeftOut(index)
            // Nothing is said of families to who gets none of their series.
            guard encodings[index].samples > 0 else { continue }
            reading { encoders[index].append(metadataOf: claims[index], of: $0, to: &encodings[index]) }
        }
    }

    /// Offers the encodings to the queue; nil where another push of the group got in with a later time.
    ///
    /// - Returns: as `enqueue`.
    private func take(_ offer: Offer) throws(PushError) -> Outcome? {
        do throws(Outbox.Refusal) {
            return try intake.outbox.offer(encodings, as: offer) ? .queued : .empty
        } catch .superseded {
            return nil
        } catch .replaced {
            return .outdated
        } catch {
            throw refusal(error)
        }
    }

    /// How often a push is stamped before it is refused; the last time a second and two ahead.
    private static let stampings = 12

    /// Claims for each profile the families whose metadata goes with the push.
    private func claimMetadata(_ now: Int64) {
        claims.removeAll(keepingCapacity: true)
        for table in intake.metadata { claims.append(reading { table?.claim($0, now: now) ?? [] }) }
    }

    /// Takes back the claims of some profiles.
    private func releaseMetadata(where isReleased: (Int) -> Bool) {
        for index in claims.indices where isReleased(index) {
            reading { intake.metadata[index]?.release(claims[index], of: $0) }
        }
    }

    /// What a refusal of the outbox is to the pusher.
    func refusal(_ refusal: Outbox.Refusal) -> PushError {
        switch refusal {
        case .superseded, .replaced: return .contended
        case .full(let destination, let seconds):
            intake.readiness.full(destination: destination, until: .now + .seconds(seconds))
            return .queueFull(destination: destination, retryAfter: seconds)
        case .tooLarge(let destination, let limit): return .largerThanQueue(destination: destination, limit: limit)
        case .closed: return .draining
        }
    }
}
