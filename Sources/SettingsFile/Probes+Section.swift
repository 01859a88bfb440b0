import Settings

extension Probes {
    /// Reads `probes`.
    mutating func read(_ section: inout Section) {
        var services: [ProbedService] = []
        section.items("services") { item in
            var service = ProbedService()
            service.read(&item)
            services.append(service)
        }
        self.services = services
    }
}

extension ProbedService {
    fileprivate mutating func read(_ section: inout Section) {
        section.require("name", into: &name, as: .text)
        // A number of seconds is what the exporters that this replaces are told.
        let isInSeconds = section.has("freshness_threshold_seconds")
        let isGivenTwice = isInSeconds && section.has("freshness_threshold")
        section.read("freshness_threshold_seconds", into: &freshnessThreshold, as: .seconds)
        if isInSeconds {
            section.read("freshness_threshold", into: &freshnessThreshold, as: .duration)
        } else {
            section.require("freshness_threshold", into: &freshnessThreshold, as: .duration)
        }
        if isGivenTwice {
            let both = "freshness_threshold, freshness_threshold_seconds"
            section.refuse("freshness_threshold_seconds", "at most one of \(both) can be used")
        }
        section.read("match", into: &labels, as: .labels)
        section.read("metric", into: &metric, as: .text)
    }
}

extension Reading where Value == Duration {
    /// A number of seconds, whole or not, without a unit.
    fileprivate static var seconds: Self {
        .init { field in
            guard case .scalar(let text, isPlain: true) = field.node.content, let seconds = Double(text),
                text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".") }
                ),
                seconds <= 1e9
            else { return field.expected("a number of seconds") }
            return .milliseconds(Int64((seconds * 1_000).rounded()))
        }
    }
}
