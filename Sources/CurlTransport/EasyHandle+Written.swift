import CCurl
import Delivery

extension EasyHandle {
    /// What the answer says of what was stored; nil where it says nothing.
    ///
    /// Specification 2.0, section "Required Written Response Headers". A header that is there but is no number says 0, as it
    /// does in Prometheus.
    var written: Written? {
        guard maySayWritten else { return nil }
        let prefix = "X-Prometheus-Remote-Write-"
        let values = ["Samples", "Histograms", "Exemplars"].map { header("\(prefix)\($0)-Written") }
        guard values.contains(where: { $0 != nil }) else { return nil }
        let counts = values.map { max(0, $0.flatMap { Int($0) } ?? 0) }
        return Written(samples: counts[0], histograms: counts[1], exemplars: counts[2])
    }

    /// The value of a header of the last answer, the first where there are several.
    private func header(_ name: String) -> String? {
        unsafe withHandle { handle in
            var found: UnsafeMutablePointer<curl_header>?
            let code = unsafe curl_easy_header(handle, name, 0, UInt32(CURLH_HEADER), -1, &found)
            guard code == CURLHE_OK, let found = unsafe found, let value = unsafe found.pointee.value else {
                return nil
            }
            return unsafe String(cString: value)
        }
    }
}
