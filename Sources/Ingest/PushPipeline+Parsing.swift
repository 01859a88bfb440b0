import Exposition
import Samples
import Settings

/// The parsers of a pipeline, one for each format, reused for their memory.
struct Parsers {
    var text = TextParser()
    var openMetrics = OpenMetricsParser()
    var protobuf = ProtobufParser()
}

// From the decoded body in the batch's arena to its series (contract B1, B4).
extension PushPipeline {
    /// Parses the body in its format.
    func parse(_ push: PushRequest) throws(PushError) {
        switch push.format {
        case .text: try parseText(push)
        case .openMetrics:
            do throws(ExpositionError) {
                try parsers.openMetrics.parse(&batch, canonicalBuckets: intake.settings.canonicalBuckets)
            } catch {
                throw .malformedBody(error, nil)
            }
        case .protobuf:
            do throws(ProtobufError) {
                try parsers.protobuf.parse(&batch)
            } catch {
                throw .malformedProtobuf(error)
            }
        }
    }

    private func parseText(_ push: PushRequest) throws(PushError) {
        let end = batch.arena.count
        do throws(ExpositionError) {
            try parsers.text.parse(&batch, canonicalBuckets: intake.settings.canonicalBuckets)
        } catch {
            throw .malformedBody(error, BodyHint(batch.arena[..<end], type: push.contentType))
        }
        // Lines that have become one, and a comment at that, would be taken for an empty push.
        guard batch.series.isEmpty, end > 0 else { return }
        guard BodyHint(batch.arena[..<end], type: push.contentType) == .lineFeedsRemoved else { return }
        throw .linesJoined(.lineFeedsRemoved)
    }
}
