import Compression
import Logging
import RemoteWrite

/// What becomes of a write request's body: it is read, printed, and answered.
struct WriteEndpoint: Sendable {
    let print: @Sendable (String) -> Void
    let answer: @Sendable (ReceivedRequest) -> ReceiverAnswer?
    let logger: Logger
    let limits: ReceiverLimits

    /// The answer to a body.
    func receive(_ body: Span<UInt8>, version: RemoteWriteVersion) -> ReceiverAnswer {
        let request: ReceivedRequest
        do {
            request = try read(body, version)
        } catch {
            logger.warning("request refused", metadata: ["reason": "\(error.answer.message)"])
            return error.answer.with(version, written: ReceivedRequest())
        }
        let lines = request.expositionLines(upTo: limits.printedBytes)
        if !lines.isEmpty { print(String(lines.dropLast())) }
        return answer(request) ?? ReceiverAnswer(204).with(version, written: request)
    }

    private struct Refusal: Error {
        var answer: ReceiverAnswer
    }

    private func read(_ body: Span<UInt8>, _ version: RemoteWriteVersion) throws(Refusal) -> ReceivedRequest {
        let message: [UInt8]
        do {
            message = try Snappy.decompress(body, limit: limits.bodyBytes)
        } catch .tooLarge(let limit) {
            throw Refusal(answer: .bodyTooLarge(limit: limit))
        } catch {
            let isFramed = body.count > 10 && body[0] == 0xff && body[4] == UInt8(ascii: "s")
            let what = isFramed ? "in snappy's framed format, not in its block format" : "no snappy block"
            throw Refusal(answer: ReceiverAnswer(400, "the body is \(what)"))
        }
        do {
            return try WriteRequestReader.request(message, version: version)
        } catch {
            throw Refusal(answer: ReceiverAnswer(400, "\(error)"))
        }
    }
}

extension ReceiverAnswer {
    /// The answer with the counts that RW2 demands on success and on failure ("Required Written Response Headers").
    fileprivate func with(_ version: RemoteWriteVersion, written request: ReceivedRequest) -> ReceiverAnswer {
        guard version == .v2 else { return self }
        var answer = self
        answer.headers += [
            Header("X-Prometheus-Remote-Write-Samples-Written", "\(request.sampleCount)"),
            Header("X-Prometheus-Remote-Write-Histograms-Written", "\(request.histogramCount)"),
            Header("X-Prometheus-Remote-Write-Exemplars-Written", "\(request.exemplarCount)"),
        ]
        return answer
    }
}
