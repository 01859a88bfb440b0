/// Makes a tree of a YAML text, within limits.
///
/// What a configuration does not need is refused: anchors, aliases, tags, a second document.
struct Composer: ~Copyable {
    static let depthLimit = 32
    static let nodeLimit = 100_000

    private var parser: YAMLParser
    private var nodes = 0

    /// The tree of a text; nil where it holds no value.
    static func compose(_ text: [UInt8]) throws(YAMLFlaw) -> Node? {
        do {
            _ = try UTF8Span(validating: text.span)
        } catch {
            throw .notUTF8(Place(offset: error.byteOffsets.lowerBound, in: text))
        }
        do throws(YAMLFlaw) {
            var composer = try Composer(text)
            return try composer.document()
        } catch .syntax(_, _, let place) where text.isTab(at: place) {
            throw .tab(place)
        }
    }

    private init(_ text: [UInt8]) throws(YAMLFlaw) {
        parser = try YAMLParser(text)
    }

    private mutating func document() throws(YAMLFlaw) -> Node? {
        var root: Node?
        while true {
            let event = try parser.next()
            switch event.kind {
            case .streamEnd: return root
            case .streamStart, .documentEnd: continue
            case .documentStart:
                guard root == nil else { throw .secondDocument(event.place) }
                root = try node(of: try parser.next(), depth: 0)
            // Nothing else stands outside a document.
            default: throw .syntax("did not find expected <document start>", context: "", event.place)
            }
        }
    }

    private mutating func node(of event: YAMLEvent, depth: Int) throws(YAMLFlaw) -> Node {
        nodes += 1
        guard nodes <= Self.nodeLimit else { throw .tooManyNodes(limit: Self.nodeLimit, event.place) }
        guard depth < Self.depthLimit else { throw .tooDeep(limit: Self.depthLimit, event.place) }
        guard !event.hasAnchor, event.kind != .alias else { throw .anchor(event.place) }
        guard !event.hasTag else { throw .tag(event.place) }
        switch event.kind {
        case .scalar(let text, let isPlain): return Node(content: .scalar(text, isPlain: isPlain), place: event.place)
        case .sequenceStart: return Node(content: .sequence(try items(depth: depth)), place: event.place)
        default: return Node(content: .mapping(try entries(depth: depth)), place: event.place)
        }
    }

    private mutating func items(depth: Int) throws(YAMLFlaw) -> [Node] {
        var items: [Node] = []
        while true {
            let event = try parser.next()
            if event.kind == .sequenceEnd { return items }
            items.append(try node(of: event, depth: depth + 1))
        }
    }

    private mutating func entries(depth: Int) throws(YAMLFlaw) -> [Node.Entry] {
        var entries: [Node.Entry] = []
        while true {
            let event = try parser.next()
            if event.kind == .mappingEnd { return entries }
            let key = try node(of: event, depth: depth + 1)
            guard case .scalar(let name, let isPlain) = key.content else { throw .keyIsNoText(key.place) }
            guard name != "<<" || !isPlain else { throw .anchor(key.place) }
            let value = try node(of: try parser.next(), depth: depth + 1)
            entries.append(Node.Entry(key: name, place: key.place, value: value))
        }
    }
}

extension [UInt8] {
    /// Whether a tab stands at a place.
    fileprivate func isTab(at place: Place) -> Bool {
        let lines = split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.indices.contains(place.line - 1) else { return false }
        let line = String(decoding: lines[place.line - 1], as: UTF8.self).unicodeScalars
        return line.dropFirst(place.column - 1).first == "\t"
    }
}
