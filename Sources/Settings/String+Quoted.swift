extension String {
    /// The text between quotes, in one line of bounded length, for messages.
    package var quoted: String {
        var result = "\""
        for scalar in unicodeScalars.prefix(80) {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _ where scalar.properties.generalCategory == .control:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + (unicodeScalars.dropFirst(80).isEmpty ? "\"" : "…\"")
    }
}
