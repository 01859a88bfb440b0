import Testing

@testable import Ingest

@Suite("Escaped label names: contract G5")
struct EscapedNameTests {
    private func decode(_ name: String) -> String {
        String(decoding: EscapedName.decode(Array(name.utf8)), as: UTF8.self)
    }

    // From Prometheus's own tests of UnescapeName, and beyond.
    @Test(arguments: [
        ("U__", ""),
        ("U__no:escaping__required", "no:escaping_required"),
        ("U__mysystem_2e_prod_2e_west_2e_cpu_2e_load", "mysystem.prod.west.cpu.load"),
        ("U__mysystem_2e_prod_2e_west_2e_cpu_2e_load__total", "mysystem.prod.west.cpu.load_total"),
        ("U__http_2e_status:sum", "http.status:sum"),
        ("U__label_20_with_20__f63e_", "label with \u{f63e}"),
        ("U__label_20_with_20__ff3f_", "label with \u{ff3f}"),
        ("U___e4_", "ä"),
        ("U___1F600_x", "😀x"),
        ("U___0_", "\0"),
        ("U__ä", "ä"),
        ("U______x", "__x"),
    ])
    func `an escaped name is decoded`(name: String, decoded: String) { #expect(decode(name) == decoded) }

    @Test(arguments: [
        "", "plain", "U_", "u__a_2e_b", "xU__a_2e_b",
        "U__label_20_with_20__ff3f", "U__a_", "U__a_2", "U__a_xyz_", "U__a_d800_", "U__a_bad__20", "U__a_bax_",
        "U___10ffff_",
        "U___110000_", "U___-1_", "U__a_２e_",
    ])
    func `a name that is not escaped, or wrongly, stays`(name: String) { #expect(decode(name) == name) }
}
