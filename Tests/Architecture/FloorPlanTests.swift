import Testing

/// A module's row in the table of `docs/architecture.md`.
struct ModuleRules {
    var imports: Set<String>
    var maySayUnsafe: Bool
    var foundation: Set<String>

    /// The table: the document is the rule, and this is its reader.
    static func all() throws -> [String: ModuleRules] {
        var rules: [String: ModuleRules] = [:]
        for row in try Checkout.tableRows(in: "docs/architecture.md") where row.count >= 5 {
            guard let module = Checkout.quoted(row[0]).first, row[0] == "`\(module)`" else { continue }
            rules[module] = ModuleRules(
                imports: Set(Checkout.quoted(row[1]) + Checkout.quoted(row[2])),
                maySayUnsafe: row[3] == "yes",
                foundation: Set(Checkout.quoted(row[4])))
        }
        return rules
    }
}

@Suite("The floor plan of docs/architecture.md")
struct FloorPlanTests {
    @Test func `every module has its row and every row its module`() throws {
        let modules = Set(try Checkout.swiftFiles(under: "Sources").map(\.module))
        #expect(modules == Set(try ModuleRules.all().keys))
    }

    @Test func `every file imports only what its module may import`() throws {
        let rules = try ModuleRules.all()
        for file in try Checkout.swiftFiles(under: "Sources") {
            let rule = try #require(rules[file.module])
            let allowed = rule.imports.union(rule.foundation).union(["Synchronization"])
            let surplus = Set(file.imports).subtracting(allowed)
            #expect(surplus.isEmpty, "\(file.path) imports \(surplus.sorted())")
        }
    }

    @Test func `no row allows an import that nobody uses`() throws {
        let files = Dictionary(grouping: try Checkout.swiftFiles(under: "Sources"), by: \.module)
        for (module, rule) in try ModuleRules.all() {
            let used = Set((files[module] ?? []).flatMap(\.imports))
            let idle = rule.imports.union(rule.foundation).subtracting(used)
            #expect(idle.isEmpty, "\(module) may import \(idle.sorted()) and does not")
        }
    }

    @Test func `imports point down`() throws {
        let floors = [
            ["CScan", "CProcess", "CZlib", "CDeflate", "CSnappy", "CZstd", "CYaml", "CRE2", "CCurl", "CCrypt"],
            ["CCurlShim"],
            ["Settings", "Samples", "Bytes", "Telemetry", "Passwords", "Systemd"], ["SettingsFile"],
            ["Compression", "Discovery", "Exposition", "Relabeling", "RemoteWrite"], ["Delivery"],
            ["CurlTransport", "Status"], ["Ingest", "Scraping", "EmbeddedReceiver"], ["PushCollector"],
        ]
        let floor = Dictionary(
            uniqueKeysWithValues: floors.enumerated().flatMap { level, modules in modules.map { ($0, level) } })
        for (module, rule) in try ModuleRules.all() {
            let level = try #require(floor[module])
            let sideways = rule.imports.filter { (floor[$0] ?? -1) >= level }
            #expect(sideways.isEmpty, "\(module) looks up or sideways at \(sideways.sorted())")
        }
    }

    @Test func `unsafe stands only where the table allows it`() throws {
        let rules = try ModuleRules.all()
        for file in try Checkout.swiftFiles(under: "Sources") where rules[file.module]?.maySayUnsafe == false {
            let lines = file.code.enumerated().filter { $0.element.contains(/\bunsafe\b|@unsafe\b|@safe\b/) }
            #expect(lines.isEmpty, "\(file.path) says unsafe in line \(lines.map { $0.offset + 1 })")
        }
    }

    @Test func `full Foundation stands nowhere`() throws {
        for file in try Checkout.swiftFiles(under: "Sources") {
            let full = file.imports.filter { ["Foundation", "FoundationNetworking", "Dispatch"].contains($0) }
            #expect(full.isEmpty, "\(file.path) imports \(full)")
        }
    }
}
