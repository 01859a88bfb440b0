import Bytes
import Testing

@Suite struct PEMTests {
    /// A sequence of three bytes.
    private static let sequence = "MAMBAgM="
    private static let long = "MIIAgA" + String(repeating: "A", count: 180)

    private static func block(_ label: String, _ body: String = sequence) -> String {
        "-----BEGIN \(label)-----\n\(body)\n-----END \(label)-----\n"
    }

    private func pem(_ text: String) -> PEM { PEM(Array(text.utf8)) }

    @Test(arguments: [
        block("CERTIFICATE"), "\u{FEFF}" + block("CERTIFICATE"),
        "Bag Attributes\r\n" + block("CERTIFICATE").replacing("\n", with: "\r\n"),
        block("CERTIFICATE") + block("X509 CERTIFICATE") + block("TRUSTED CERTIFICATE", sequence),
        block("PRIVATE KEY")
            + block("CERTIFICATE"), block("CERTIFICATE", "MAMB\n AgM="), block("CERTIFICATE", long),
    ])
    func `certificates are found`(text: String) { #expect(pem(text).holdsCertificates) }

    @Test(arguments: [
        "", "garbage", "\u{0}\u{1}", block("PRIVATE KEY"), block("CERTIFICATE", ""), block("CERTIFICATE", "!!!!"),
        block("CERTIFICATE", "AAAA"), block("CERTIFICATE", "MAQBAgM="), block("CERTIFICATE", "MIIBAAAA"),
        "-----BEGIN CERTIFICATE-----\nMAMBAgM=\n",
        "-----BEGIN CERTIFICATE-----\nMAMBAgM=\n-----END PRIVATE KEY-----\n",
        block("CERTIFICATE") + block("CERTIFICATE", "garbage!"), "-----BEGIN CERTIFICATE REQUEST-----\nMAMBAgM=\n",
    ])
    func `what holds none, or a broken one, is told`(text: String) { #expect(!pem(text).holdsCertificates) }

    @Test(
        arguments: [
            (block("PRIVATE KEY"), nil), (block("RSA PRIVATE KEY"), nil),
            (block("EC PARAMETERS", "BggqhkjOPQMBBw==") + block("EC PRIVATE KEY"), nil),
            (block("CERTIFICATE") + block("PRIVATE KEY"), nil), ("", .missing), ("garbage", .missing),
            (block("CERTIFICATE"), .missing), (block("PRIVATE KEY", "garbage!"), .missing),
            (block("PUBLIC KEY"), .missing), (block("ENCRYPTED PRIVATE KEY"), .locked),
            (block("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n" + sequence), .locked),
        ] as [(String, PEM.KeyFlaw?)])
    func `a private key is found, or what is wrong with it`(text: String, flaw: PEM.KeyFlaw?) {
        #expect(pem(text).keyFlaw == flaw)
    }
}
