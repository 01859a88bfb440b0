/// What the parser came upon.
struct YAMLEvent {
    enum Kind: Equatable {
        case streamStart, streamEnd, documentStart, documentEnd
        case sequenceStart, sequenceEnd, mappingStart, mappingEnd
        case alias
        case scalar(String, isPlain: Bool)
    }

    var kind: Kind
    var place: Place
    var hasAnchor: Bool
    var hasTag: Bool
}
