import NIOHTTP1
import Samples

/// A push as its head describes it; pushes with equal heads share it.
final class PushRequest: Sendable {
    /// The labels of its path.
    let grouping: Grouping
    /// How its body is compressed.
    let encoding: ContentEncoding
    /// What its body is.
    let format: ExpositionFormat
    /// The `Content-Type`, for hints.
    let contentType: String?
    /// When it wishes to be answered, where it says so.
    let preference: Preference?

    init(
        grouping: Grouping, encoding: ContentEncoding, format: ExpositionFormat, contentType: String? = nil,
        preference: Preference? = nil
    ) {
        self.grouping = grouping
        self.encoding = encoding
        self.format = format
        self.contentType = contentType
        self.preference = preference
    }
}

/// What is done about a request, as far as its head tells.
enum RequestPlan {
    /// Its body is collected and goes through the pipeline.
    case push(PushRequest)
    /// This is done once the request is whole, and then it is answered.
    case command(Lifecycle.Command)
    /// This answer, once the request is whole.
    case answer(HTTPAnswer)
    /// This refusal, once the request is whole.
    case refuse(PushError)
}
