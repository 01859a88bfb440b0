import CYaml

/// A libyaml parser over bytes of its own: text in, events out.
@safe struct YAMLParser: ~Copyable {
    // Safe: both are made in `init`, freed in `deinit`, and never handed out; libyaml reads no further than `count`.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>

    /// A parser of a text, which is UTF-8 already.
    init(_ text: [UInt8]) throws(YAMLFlaw) {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        guard unsafe yaml_parser_initialize(parser) == 1 else {
            unsafe parser.deallocate()
            throw .outOfMemory
        }
        let input = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.count)
        _ = unsafe input.initialize(from: text)
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, input.baseAddress, input.count)
        unsafe self.parser = parser
        unsafe self.input = input
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
        unsafe input.deallocate()
    }

    /// The next event; after `streamEnd` there is none to ask for.
    mutating func next() throws(YAMLFlaw) -> YAMLEvent {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw flaw() }
        defer { unsafe yaml_event_delete(&event) }
        return YAMLEvent(
            kind: unsafe Self.kind(of: &event), place: unsafe Place(event.start_mark),
            hasAnchor: unsafe cyaml_has_anchor(&event) != 0, hasTag: unsafe cyaml_has_tag(&event) != 0)
    }

    private static func kind(of event: UnsafePointer<yaml_event_t>) -> YAMLEvent.Kind {
        switch unsafe event.pointee.type {
        case YAML_SCALAR_EVENT:
            let bytes = unsafe UnsafeBufferPointer(start: cyaml_scalar_text(event), count: cyaml_scalar_length(event))
            return unsafe .scalar(String(decoding: bytes, as: UTF8.self), isPlain: cyaml_scalar_is_plain(event) != 0)
        case YAML_SEQUENCE_START_EVENT: return .sequenceStart
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
        case YAML_MAPPING_START_EVENT: return .mappingStart
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        case YAML_ALIAS_EVENT: return .alias
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_STREAM_END_EVENT: return .streamEnd
        default: return .streamStart
        }
    }

    private func flaw() -> YAMLFlaw {
        let problem = unsafe text(parser.pointee.problem)
        switch unsafe parser.pointee.error {
        case YAML_MEMORY_ERROR: return .outOfMemory
        // The reader knows only where it is in the bytes.
        case YAML_READER_ERROR: return unsafe .unreadable(problem, offset: parser.pointee.problem_offset)
        default:
            return unsafe .syntax(problem, context: text(parser.pointee.context), Place(parser.pointee.problem_mark))
        }
    }

    private func text(_ words: UnsafePointer<CChar>?) -> String {
        unsafe words.map { unsafe String(cString: $0) } ?? ""
    }
}

extension Place {
    fileprivate init(_ mark: yaml_mark_t) { self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1) }
}
