import Settings

/// The keys of Prometheus's `remote_write` that mean nothing here, and what to use instead.
enum UnsupportedKeys {
    /// The mapping that the keys stand in, with `[]` for an item of a list; the key; why, or what instead.
    static let table: [(path: String, name: String, why: String)] =
        [
            ("remote_write[]", "azuread", "use oauth2 with Azure's token_url"),
            (
                "remote_write[]", "google_iam",
                "Google's tokens are not fetched; put one into authorization.credentials_file"
            ),
            ("remote_write[].basic_auth", "username_ref", "there is no store of secrets; use username_file"),
            ("remote_write[].basic_auth", "password_ref", "there is no store of secrets; use password_file"),
            ("remote_write[].authorization", "credentials_ref", "there is no store of secrets; use credentials_file"),
        ] + oauth2 + stores(under: "remote_write[]") + stores(under: "remote_write[].oauth2") + scrape

    private static let oauth2: [(path: String, name: String, why: String)] =
        [("remote_write[].oauth2", "client_secret_ref", "there is no store of secrets; use client_secret_file")]
        + [
            "client_certificate_key", "client_certificate_key_file", "client_certificate_key_ref",
            "client_certificate_key_id", "signature_algorithm", "iss", "audience", "claims",
        ].map { ("remote_write[].oauth2", $0, "only the grant client_credentials is; use client_secret") }

    private static let scrape: [(path: String, name: String, why: String)] =
        [
            ("scrape.push_gateways", "honor_labels", "pushed labels are always kept, as honor_labels: true has it"),
            ("scrape.push_gateways", "honor_timestamps", "timestamps are always kept"),
            (
                "scrape.push_gateways", "metric_relabel_configs",
                "use keep_metrics, drop_metrics or write_relabel_configs"
            ),
            ("scrape.push_gateways.basic_auth", "username_ref", "there is no store of secrets; use username_file"),
            ("scrape.push_gateways.basic_auth", "password_ref", "there is no store of secrets; use password_file"),
            (
                "scrape.push_gateways.authorization", "credentials_ref",
                "there is no store of secrets; use credentials_file"
            ),
            (
                "scrape.push_gateways.kubernetes.authorization", "credentials_ref",
                "there is no store of secrets; use credentials_file"
            ),
        ] + stores(under: "scrape.push_gateways") + stores(under: "scrape.push_gateways.kubernetes")

    private static func stores(under path: String) -> [(path: String, name: String, why: String)] {
        ["ca", "cert", "key"].map {
            ("\(path).tls_config", "\($0)_ref", "there is no store of secrets; use \($0)_file")
        }
    }

    /// The keys of a mapping.
    static func under(_ path: SettingPath) -> [(name: String, why: String)] {
        let general = path.general
        return table.filter { $0.path == general }.map { ($0.name, $0.why) }
    }
}

extension SettingPath {
    /// The path with `[]` in the place of each item's number.
    var general: String {
        var general = ""
        var isWithinItem = false
        for character in text {
            if character == "]" { isWithinItem = false }
            if !isWithinItem { general.append(character) }
            if character == "[" { isWithinItem = true }
        }
        return general
    }
}
