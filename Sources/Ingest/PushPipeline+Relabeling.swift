import Delivery
import Relabeling
import RemoteWrite
import Samples

// Between the rules of the Pushgateway's data model and the encoders: relabelling and external labels.
extension PushPipeline {
    /// Decides for each relabelling of the outbox what it leaves of the batch's series.
    ///
    /// The permit grows with the batch, which takes the labels of series that change.
    func relabel(under grouping: Grouping, within permit: inout Permit) throws(PushError) {
        for (index, relabeler) in intake.outbox.relabelers.enumerated() {
            guard let relabeler else { continue }
            try relabeler.relabel(&batch, under: grouping, into: &relabeled[index]) { grown throws(PushError) in
                try grow(&permit, by: grown)
            }
        }
    }

    /// Puts the series that destinations of a profile are sent in the place of the batch's own, until they leave.
    ///
    /// - Returns: the labels that they have in common.
    func enterRelabeled(_ profile: Int, _ grouping: Grouping, receiptTime: Int64) -> Grouping {
        let profile = intake.outbox.profiles[profile]
        guard intake.outbox.relabelers[profile.relabeling] != nil else { return grouping }
        relabeled[profile.relabeling].enter(&batch, receiptTime: receiptTime, isSent: profile.sends)
        return relabeled[profile.relabeling].grouping
    }

    /// Gives the batch its own series back.
    func leaveRelabeled(_ profile: Int) {
        let kind = intake.outbox.profiles[profile].relabeling
        guard intake.outbox.relabelers[kind] != nil else { return }
        relabeled[kind].leave(&batch)
    }

    /// Counts what relabelling took out of what a profile would have been sent.
    func countLeftOut(_ profile: Int) {
        let kind = intake.outbox.profiles[profile].relabeling
        guard intake.outbox.relabelers[kind] != nil else { return }
        let samples = reading { intake.outbox.profiles[profile].samples(of: $0) }
        encodings[profile].samplesLeftOut = samples - encodings[profile].samples
    }
}
