import Bytes
public import Settings

// Whether what is to be read as a certificate or a key is one.
extension Settings {
    /// The authorities, certificates and keys that cannot be used, in files as they are now and in the configuration itself.
    public var certificateContradictions: [Contradiction] {
        let scrape = SettingPath("scrape.push_gateways")
        let ofDestinations = remoteWrite.indices.flatMap { index in
            let path = SettingPath("remote_write").item(index)
            return remoteWrite[index].tls.certificateContradictions(at: path)
                + (remoteWrite[index].oauth2?.tls.certificateContradictions(at: path.key("oauth2")) ?? [])
        }
        return ofDestinations
            + self.scrape.pushGateways.kubernetes.client.tls.certificateContradictions(at: scrape.key("kubernetes"))
            + self.scrape.pushGateways.client.tls.certificateContradictions(at: scrape)
    }
}

extension TLS {
    /// Who says, by path, whether a file holds what it is to hold.
    var judges: [String: WatchedFile.Judge] {
        var judges: [String: WatchedFile.Judge] = [:]
        for file in [caFile, certFile] {
            guard let file else { continue }
            judges[file] = { bytes in Self.flawOfCertificates(PEM(bytes), file: nil).map(\.description) }
        }
        guard let keyFile else { return judges }
        // One file may hold both.
        judges[keyFile] = { [other = judges[keyFile]] bytes in
            other?(bytes) ?? Self.flawOfKey(PEM(bytes), file: nil).map(\.description)
        }
        return judges
    }

    /// The authorities, the certificate and the key that cannot be used, in files as they are now and as texts.
    public func certificateContradictions(at path: SettingPath) -> [Contradiction] {
        let path = path.key("tls_config")
        return Self.flaw("ca", (ca, caFile), at: path, Self.flawOfCertificates)
            + Self.flaw("cert", (cert, certFile), at: path, Self.flawOfCertificates)
            + Self.flaw("key", (key?.revealed, keyFile), at: path, Self.flawOfKey)
    }

    /// What is wrong with a text, and with a file.
    ///
    /// An empty one of either is told elsewhere.
    private static func flaw(
        _ name: String, _ value: (text: String?, file: String?), at path: SettingPath,
        _ judge: (PEM, String?) -> SettingsError?
    ) -> [Contradiction] {
        var result: [Contradiction] = []
        if let text = value.text, !text.isEmpty, let error = judge(PEM(Array(text.utf8)), nil) {
            result.append(.init(path.key(name), error))
        }
        guard let file = value.file, !file.isEmpty else { return result }
        let files = WatchedFiles([file])
        if let bytes = files.content(file) {
            if let error = judge(PEM(bytes), file) { result.append(.init(path.key("\(name)_file"), error)) }
        } else {
            let reason = files.problems.first?.reason ?? ""
            result.append(.init(path.key("\(name)_file"), .unusableFile(file, reason: reason)))
        }
        return result
    }

    private static func flawOfCertificates(_ pem: PEM, file: String?) -> SettingsError? {
        pem.holdsCertificates ? nil : .noCertificate(file: file)
    }

    private static func flawOfKey(_ pem: PEM, file: String?) -> SettingsError? {
        switch pem.keyFlaw {
        case .missing: .noPrivateKey(file: file)
        case .locked: .lockedKey(file: file)
        case nil: nil
        }
    }
}
