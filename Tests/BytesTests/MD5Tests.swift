import Bytes
import Testing

@Suite("MD5")
struct MD5Tests {
    @Test(arguments: [
        ("", 0xd41d_8cd9_8f00_b204 as UInt64, 0xe980_0998_ecf8_427e as UInt64),
        ("a", 0x0cc1_75b9_c0f1_b6a8, 0x31c3_99e2_6977_2661),
        ("abc", 0x9001_5098_3cd2_4fb0, 0xd696_3f7d_28e1_7f72),
        ("message digest", 0xf96b_697d_7cb7_938d, 0x525a_2f31_aaf1_61d0),
        ("abcdefghijklmnopqrstuvwxyz", 0xc3fc_d3d7_6192_e400, 0x7dfb_496c_ca67_e13b),
        (
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 0xd174_ab98_d277_d9f5,
            0xa561_1c2c_9f41_9d9f
        ),
        (String(repeating: "1234567890", count: 8), 0x57ed_f4a2_2be3_c955, 0xac49_da2e_2107_b67a),
    ])
    func `a text of RFC 1321 has the digest that stands there`(text: String, first: UInt64, last: UInt64) {
        let digest = MD5.digest(Array(text.utf8).span)
        #expect(digest == (first, last))
    }

    @Test(arguments: [
        (55, 0x52b2_051e_a47e_0dad as UInt64, 0x97e0_13e8_e5e1_fb5c as UInt64),
        (56, 0xc83c_b488_41cc_2ac9, 0xa23c_3085_08c6_7e1b),
        (63, 0xe54c_8ed8_76fc_e1b3, 0x095a_5956_a839_5aa2),
        (64, 0xc4b2_2567_6e9b_7649, 0x1584_50d0_af65_e642),
    ])
    func `a text that ends about a block's end is padded`(count: Int, first: UInt64, last: UInt64) {
        #expect(MD5.digest(Array(repeating: 7, count: count).span) == (first, last))
    }
}
