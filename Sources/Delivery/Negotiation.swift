import RemoteWrite

/// Which version of the protocol a destination is spoken to in: pure.
///
/// A destination that is to be sent version 2 but does not know it is spoken to in version 1, from the first answer that
/// shows it to the end of the process (specification 2.0, sections "Required Written Response Headers" and "Unsupported
/// Request Content"). It may have refused, or answered 2xx and stored nothing: a receiver of version 1 finds an empty
/// request in a version 2 message.
struct Negotiation: Sendable, Equatable {
    /// The version of requests from now on.
    private(set) var version: RemoteWriteVersion
    /// Whether an answer has had headers that only receivers of version 2 send.
    private var isConfirmed = false
    /// Whether one has said that something was stored.
    private var hasStored = false

    init(_ version: RemoteWriteVersion) { self.version = version }

    /// Learns how a request was answered.
    ///
    /// - Parameter sent: the version of the request, which others may have given up meanwhile.
    /// - Returns: whether the request was not understood: it is to be sent again as version 1, at once.
    mutating func isMisunderstood(_ response: Response, to sent: RemoteWriteVersion) -> Bool {
        guard sent == .v2 else { return false }
        let written = response.written ?? Written()
        let isSuccess = (200..<300).contains(response.code)
        // A 2xx that says of everything that nothing was stored: not by a receiver that has ever stored something.
        let isEmpty = isSuccess && !hasStored && written == Written()
        hasStored = hasStored || written.samples + written.histograms > 0
        switch response.code {
        case 415: break
        case _ where isEmpty: break
        case _ where response.written != nil:
            isConfirmed = true
            return false
        case _ where isSuccess: break
        case 400 where !isConfirmed: break
        default: return false
        }
        version = .v1
        return true
    }
}
