internal import Samples

extension FamilyTable {
    /// Adds what comments say of the families, in the order of the body.
    func describe(into descriptions: inout [Samples.Family]) {
        for index in described {
            let family = families[index]
            descriptions.append(
                Samples.Family(
                    name: names[family.name].text, type: family.type ?? .unknown, help: family.help ?? .none,
                    unit: family.unit))
        }
    }

    /// The family of just this name, for a comment of OpenMetrics: there, a comment makes `x_sum` a family of its own
    /// whatever `x` is.
    mutating func claim(_ name: Int) -> Int {
        guard names[name].role != .own else { return names[name].family }
        names[name].role = .own
        names[name].family = families.count
        families.append(Family(name: name))
        return names[name].family
    }

    /// Brings names into a family whose type has become known only behind their samples.
    ///
    /// Names that a comment has made families of their own stay that.
    mutating func adopt(into family: Int) {
        guard let type = families[family].type else { return }
        let base = names[families[family].name].copy
        for suffix in FamilySuffix.known(to: dialect) where suffix.types.contains(type) {
            let start = copies.count
            for index in base { copies.append(copies[index]) }
            copies.append(contentsOf: suffix.text.utf8)
            let name = find(copies.span, start..<copies.count)
            copies.removeSubrange(start...)
            guard let name, names[name].role == .own, !families[names[name].family].isDescribed else { continue }
            names[name].role = suffix.role
            names[name].family = family
            if suffix.role == .created { hasCreated = true }
        }
    }
}
