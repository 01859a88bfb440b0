import Delivery
import Exposition
import Relabeling
import RemoteWrite
import Samples

// What a push takes besides its body: a small body can ask for much (contract L3).
extension PushPipeline {
    /// Lets the permit grow; where the push alone is over the limit, there is no use in coming again.
    func grow(_ permit: inout Permit, by bytes: Int) throws(PushError) {
        guard !permit.grow(by: bytes) else { return }
        throw permit.canNeverGrow(by: bytes) ? .tooHeavy(limit: intake.admission.limit) : .overloaded
    }

    /// What text of whatever kind takes at most for each of its bytes while it is read: of a line of one byte a series,
    /// its name and details, of each two bytes a label, of each one an exemplar.
    static let mostPerByte = 512

    /// Admits what the decoded body will take once it is read; a small one where there is room for it, without a look.
    func admitReading(_ format: ExpositionFormat, within permit: inout Permit) throws(PushError) {
        let size = batch.arena.count
        if size <= Self.smallBody, format != .protobuf, permit.grow(by: size * Self.mostPerByte) { return }
        try grow(&permit, by: reading { Self.readingSize(format, of: $0.arena.span) })
    }

    /// What a body takes at most besides its bytes while it is read.
    private static func readingSize(_ format: ExpositionFormat, of body: borrowing Span<UInt8>) -> Int {
        switch format {
        case .text: TextParser.largestSize(of: body)
        case .openMetrics: OpenMetricsParser.largestSize(of: body)
        case .protobuf: ProtobufParser.largestSize(of: body)
        }
    }

    /// Refuses a body of protobuf whose texts would be compared for hours: they stand once in it, and again in each
    /// series of a histogram or a family.
    func checkRepetition(_ format: ExpositionFormat, under grouping: Grouping) throws(PushError) {
        guard format == .protobuf else { return }
        guard reading({ WriteRequestEncoder.largestSize(of: $0, under: grouping) }) <= intake.admission.limit else {
            throw .tooHeavy(limit: intake.admission.limit)
        }
    }

    /// Admits what the batch will take once it is encoded: every series carries all labels of the grouping.
    ///
    /// What it took to read it is known by then, and mostly less than it could have been.
    func admitEncoding(under grouping: Grouping, within permit: inout Permit) throws(PushError) {
        permit.shrink(to: reading { $0.memory } + relabeled.reduce(0) { $0 + $1.memory })
        sizes.removeAll(keepingCapacity: true)
        var sum = 0
        for index in intake.outbox.profiles.indices {
            let grouping = enterRelabeled(index, grouping, receiptTime: 0)
            let size = reading { WriteRequestEncoder.largestSize(of: $0, under: grouping) }
            let scratch = reading { WriteRequestEncoder.scratchSize(for: $0, as: intake.outbox.profiles[index]) }
            leaveRelabeled(index)
            sizes.append(size)
            let both = size.addingReportingOverflow(scratch)
            let more = sum.addingReportingOverflow(both.partialValue)
            sum = both.overflow || more.overflow ? .max : more.partialValue
        }
        if let (destination, limit) = intake.outbox.queueTooSmall(for: sizes) {
            throw .largerThanQueue(destination: destination, limit: limit)
        }
        try grow(&permit, by: sum)
    }
}
