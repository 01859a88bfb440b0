extension FaultLedger {
    /// Where a destination's record does not bear out what pushers were told, in words.
    ///
    /// Of a push without an answer nothing is known; whether there may be such is for the test to say.
    func lies(about record: FaultRecord) -> [String] {
        var lies = flaws + record.flaws
        for (status, isStored) in [(200, true), (202, true), (422, false), (503, false)] {
            let wrong = pushes(status).filter { push in
                // Who was told 202 is told no more.
                let isStored = isStored && !(status == 202 && isPoisoned(push))
                return (0..<parts).contains { record.holds(push * parts + $0) != isStored }
            }
            if !wrong.isEmpty {
                let what = isStored ? "not stored" : "stored"
                lies.append("\(wrong.count) were answered \(status) and are \(what), such as \(wrong.prefix(5))")
            }
        }
        let others = Set(counts.keys).subtracting([0, 200, 202, 422, 503])
        if !others.isEmpty { lies.append("answered \(others.sorted())") }
        return lies
    }
}

extension FaultLedger {
    /// The samples that were refused, once nothing is held any more: those of pushes that were told 202 too.
    var refusedSamples: Int { (count(422) + pushes(202).filter(isPoisoned).count) * parts }

    /// The samples that were delivered, once nothing is held any more.
    var deliveredSamples: Int { count(200, 202, 422) * parts - refusedSamples }
}

extension FaultRecord {
    /// The series in which a sample was stored after one that was pushed later; none where each has one pusher.
    var disordered: [FaultSample.Series] {
        order.filter { zip($0.value, $0.value.dropFirst()).contains { $0 >= $1 } }.map(\.key)
    }
}
