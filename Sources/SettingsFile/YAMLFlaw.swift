/// Why a text is no configuration at all, whatever its keys.
enum YAMLFlaw: Error, Equatable {
    case notUTF8(Place)
    case unreadable(String, offset: Int)
    case syntax(String, context: String, Place)
    case tab(Place)
    case anchor(Place)
    case tag(Place)
    case secondDocument(Place)
    case keyIsNoText(Place)
    case tooDeep(limit: Int, Place)
    case tooManyNodes(limit: Int, Place)
    case outOfMemory
}

extension YAMLFlaw: CustomStringConvertible {
    var description: String {
        switch self {
        case .notUTF8: "the text is not UTF-8"
        case .unreadable(let problem, _): problem
        case .syntax(let problem, let context, _): context.isEmpty ? problem : "\(problem) \(context)"
        case .tab: "tabs do not indent in YAML: use blanks"
        case .anchor: "anchors, aliases and merge keys are not supported: write the value where it belongs"
        case .tag: "tags are not supported"
        case .secondDocument: "a configuration is one document"
        case .keyIsNoText: "a key is a plain text"
        case .tooDeep(let limit, _): "more than \(limit) levels"
        case .tooManyNodes(let limit, _): "more than \(limit) values"
        case .outOfMemory: "no memory"
        }
    }

    /// Where it is in the text.
    func place(in text: [UInt8]) -> Place {
        switch self {
        case .notUTF8(let place), .syntax(_, _, let place), .tab(let place), .anchor(let place), .tag(let place),
            .secondDocument(let place), .keyIsNoText(let place), .tooDeep(_, let place), .tooManyNodes(_, let place):
            place
        case .unreadable(_, let offset): Place(offset: offset, in: text)
        case .outOfMemory: .start
        }
    }
}
