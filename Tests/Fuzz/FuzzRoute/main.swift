import CFuzzer
import Glibc
import Samples
import Settings

@testable import Ingest

/// Reads bytes as the target of a request, and traps where what was promised of it does not hold.
func check(_ bytes: [UInt8]) {
    // As the HTTP decoder does.
    let target = Target(String(decoding: bytes, as: UTF8.self), routes)
    guard case .push = target.route else { return }
    switch target.grouping {
    case .success(let grouping):
        check(grouping)
        check(grouping, readsBackFrom: path(of: grouping))
    case .failure(let error):
        let body = HTTPAnswer(refusing: error).body
        precondition(body.utf8.count <= HTTPAnswer.largestErrorBody)
        precondition(body.split(separator: "\n", omittingEmptySubsequences: false).count == 2)
    }
}

/// Contract G5–G8: names are sorted, unique, not reserved; all is UTF-8; there is a job.
func check(_ grouping: Grouping) {
    precondition(!grouping.job.isEmpty)
    for label in grouping.labels {
        precondition(String(validating: label.name, as: UTF8.self) != nil)
        precondition(String(validating: label.value, as: UTF8.self) != nil)
        precondition(!label.name.isEmpty && !label.name.starts(with: "__".utf8))
    }
    for (left, right) in zip(grouping.labels, grouping.labels.dropFirst()) {
        precondition(left.name.lexicographicallyPrecedes(right.name))
    }
}

/// Contract G1: what is escaped byte by byte reads back as it was.
func check(_ grouping: Grouping, readsBackFrom path: [UInt8]) {
    guard let again = try? GroupingPath(path).decode() else { preconditionFailure("escaped, it is refused") }
    precondition(again == grouping)
}

/// The path that names the labels, with every byte escaped.
func path(of grouping: Grouping) -> [UInt8] {
    func escaped(_ bytes: [UInt8]) -> [UInt8] {
        bytes.flatMap { byte in
            let digits = Array("0123456789abcdef".utf8)
            return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    let others = grouping.labels.filter { !$0.name.elementsEqual("job".utf8) }
    return others.reduce(Array("job/".utf8) + escaped(Array(grouping.job.utf8))) { path, label in
        // A name that looks escaped itself is escaped as such names are.
        let name = label.name.starts(with: "U__".utf8) || label.name.hasBase64Suffix ? quoted(label.name) : label.name
        let value = label.value.isEmpty ? Array("@base64/=".utf8) : [UInt8(ascii: "/")] + escaped(label.value)
        return path + [UInt8(ascii: "/")] + escaped(name) + value
    }
}

/// A name in the `values` escaping scheme, with every character escaped that this scheme can escape.
func quoted(_ name: [UInt8]) -> [UInt8] {
    let codes = String(decoding: name, as: UTF8.self).unicodeScalars.map { scalar in
        scalar.value < 0x100000 ? "_\(String(scalar.value, radix: 16))_" : String(scalar)
    }
    return Array(("U__" + codes.joined()).utf8)
}

extension [UInt8] {
    var hasBase64Suffix: Bool { suffix(7).elementsEqual("@base64".utf8) }
}

let routes = RouteTable(Pushgateway())

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv
let status = unsafe LLVMFuzzerRunDriver(&count, &arguments) { bytes, count in
    unsafe check(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}
exit(status)
