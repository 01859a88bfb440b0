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
        let end = batch.arena.count
        switch push.format {
        case .text:
            do throws(ExpositionError) {
                try parseText()
            } catch {
                throw .malformedBody(error, hint(push, end: end))
            }
            try checkLines(push, end: end)
        case .openMetrics:
            do throws(ExpositionError) {
                try parsers.openMetrics.parse(&batch, canonicalBuckets: intake.settings.canonicalBuckets)
            } catch {
                throw .malformedBody(error, hint(push, end: end))
            }
        case .protobuf:
            do throws(ProtobufError) {
                try parsers.protobuf.parse(&batch)
            } catch {
                throw .malformedProtobuf(error, hint(push, end: end))
            }
        }
    }

    private func hint(_ push: PushRequest, end: Int) -> BodyHint? {
        BodyHint(batch.arena[..<end], as: push.format, type: push.contentType)
    }

    private func parseText() throws(ExpositionError) {
        let end = batch.arena.count
        do throws(ExpositionError) {
            try parsers.text.parse(&batch, canonicalBuckets: intake.settings.canonicalBuckets)
        } catch {
            throw error.problem == .unexpectedEnd && end > 0 ? errorBehindEnd(error, end: end) : error
        }
    }

    /// What is wrong with the last line of a body that ends too early, if it is not the line feed, which may be missing.
    private func errorBehindEnd(_ error: ExpositionError, end: Int) -> ExpositionError {
        batch.arena.removeLast(batch.arena.count - end)
        batch.arena.append(UInt8(ascii: "\n"))
        do throws(ExpositionError) {
            try parsers.text.parse(&batch, canonicalBuckets: intake.settings.canonicalBuckets)
            return error
        } catch let other {
            // A line feed in a label value is none of the pusher's.
            if case .newlineInLabelValue = other.problem { return error }
            return other
        }
    }

    /// Refuses lines that have become one, and a comment at that: they would be taken for an empty push.
    private func checkLines(_ push: PushRequest, end: Int) throws(PushError) {
        guard batch.series.isEmpty, end > 0, hint(push, end: end) == .lineFeedsRemoved else { return }
        throw .linesJoined(.lineFeedsRemoved)
    }
}
