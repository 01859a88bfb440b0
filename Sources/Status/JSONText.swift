import Telemetry

/// A value of JSON, with the members of objects in an order of their own.
indirect enum JSONText {
    case text(String)
    case number(Int)
    /// A number that is none of whole ones, as it is written.
    case decimal(String)
    case bool(Bool)
    case null
    case list([JSONText])
    case object([(String, JSONText)])

    /// A text, or null.
    static func optional(_ text: String?) -> JSONText { text.map { .text($0) } ?? .null }

    /// A time in ms since the epoch, as RFC 3339 writes it; null where there is none.
    static func time(_ milliseconds: Int64?) -> JSONText {
        milliseconds.map { .text(CivilTime.rfc3339(milliseconds: $0)) } ?? .null
    }

    /// A time in seconds.
    static func seconds(nanoseconds: Int) -> JSONText { .decimal(nanoseconds.decimal(places: 9)) }

    /// The value in one line.
    func write(to text: inout String) {
        switch self {
        case .text(let value): text += value.quotedAsJSON
        case .number(let value): text += String(value)
        case .decimal(let value): text += value
        case .bool(let value): text += value ? "true" : "false"
        case .null: text += "null"
        case .list(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                text += "\(index > 0 ? "," : "")\(member.0.quotedAsJSON):"
                member.1.write(to: &text)
            }
            text += "}"
        }
    }
}
