import Settings

extension Reading where Value == Secret {
    /// A text that is not shown; as exactly `${NAME}`, the variable of the environment.
    static var secret: Self {
        .init { field in
            guard !field.node.isNull, case .scalar(let text, _) = field.node.content else {
                // What stands there may be a secret that was written wrongly.
                return field.refuse("expected a text")
            }
            guard let name = text.variableName else { return Secret(text) }
            guard let value = field.report.environment[name], !value.isEmpty else {
                return field.refuse("the variable \(name) of the environment is not set")
            }
            return Secret(value)
        }
    }

    /// A text that is not shown, as it stands.
    static var unexpanded: Self {
        .init { field in
            guard !field.node.isNull, case .scalar(let text, _) = field.node.content else {
                return field.refuse("expected a text")
            }
            return Secret(text)
        }
    }
}

extension Reading {
    /// A mapping whose keys are names of the user's choice; in the order of the file.
    static func mapping<Item>(of item: @escaping (String, Field) -> Item?) -> Self where Value == [Item] {
        .init { field in
            guard case .mapping(let entries) = field.node.content else { return field.expectedShape("a mapping") }
            var names: Set<String> = []
            let items = entries.map { entry in
                let field = field.entry(entry)
                return names.insert(entry.key).inserted ? item(entry.key, field) : field.refuse("is there twice")
            }
            return items.contains { $0 == nil } ? nil : items.compactMap(\.self)
        }
    }
}

extension Reading where Value == [Header] {
    /// Names and values.
    static var headers: Self {
        mapping { name, field in Reading<Secret>.unexpanded.read(field).map { Header(name, $0) } }
    }
}

extension Reading where Value == [HeaderGroup] {
    /// Names, each with lists of values, secrets and files, as in `http_headers`.
    static var headerGroups: Self {
        mapping { name, field in
            var group = HeaderGroup(name)
            var section = Section(field)
            section.read("values", into: &group.values, as: .list(of: .text))
            section.read("secrets", into: &group.secrets, as: .list(of: .secret))
            section.read("files", into: &group.files, as: .list(of: .file))
            section.finish()
            return group
        }
    }

    /// Names, each with a list of secrets, as in `proxy_connect_header`.
    static var secretLists: Self {
        mapping { name, field in
            Reading<[Secret]>.list(of: .secret).read(field).map { secrets in
                var group = HeaderGroup(name)
                group.secrets = secrets
                return group
            }
        }
    }
}

extension Reading where Value == GrantType {
    /// How a token is asked for.
    static var grant: Self {
        .init { field in
            guard case .scalar(let text, _) = field.node.content, let grant = GrantType(rawValue: text)
            else { return field.refuse("not supported (only the grant client_credentials is)") }
            return grant
        }
    }
}

extension String {
    /// `NAME` of a text that is exactly `${NAME}`.
    var variableName: String? {
        guard hasPrefix("${"), hasSuffix("}") else { return nil }
        let name = dropFirst(2).dropLast()
        let isName = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        return isName && !name.isEmpty ? String(name) : nil
    }
}
