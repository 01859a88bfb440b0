import NIOHTTP1
import Samples

/// A push as its head describes it.
struct PushRequest: Sendable {
    /// The labels of its path.
    var grouping: Grouping
    /// How its body is compressed.
    var encoding: ContentEncoding
    /// What its body is.
    var format: ExpositionFormat
    /// The `Content-Type`, for hints.
    var contentType: String?
    /// When it wishes to be answered, where it says so.
    var preference: Preference?
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
