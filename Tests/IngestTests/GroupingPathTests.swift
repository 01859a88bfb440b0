import Samples
import Testing

@testable import Ingest

@Suite("Grouping key: contract G1–G8")
struct GroupingPathTests {
    /// The labels as text, or the refusal's sentence.
    private func read(_ path: String) -> String {
        do throws(PushError) {
            let labels = try GroupingPath(Array(path.utf8)).decode().labels
            return labels.map { String(decoding: $0.name + [61] + $0.value, as: UTF8.self) }.joined(separator: ",")
        } catch {
            return "! \(error)"
        }
    }

    @Test(arguments: [
        ("job/a", "job=a"),
        ("job/a/", "job=a"),
        ("job/a/instance/b", "instance=b,job=a"),
        ("job/a/z/1/b/2/", "b=2,job=a,z=1"),
        // DataKit, and the Pushgateway's own examples.
        ("job@base64/aGVsbG8=/node/n1", "job=hello,node=n1"),
        ("job/directory_cleaner/path@base64/L3Zhci90bXA", "job=directory_cleaner,path=/var/tmp"),
        ("job/titan/name@base64/zqDPgc6_zrzOt864zrXPjc-C", "job=titan,name=Προμηθεύς"),
        ("job/titan/name/%CE%A0%CF%81%CE%BF%CE%BC%CE%B7%CE%B8%CE%B5%CF%8D%CF%82", "job=titan,name=Προμηθεύς"),
    ])
    func `labels are read from the path`(path: String, labels: String) { #expect(read(path) == labels) }

    @Test(arguments: [
        ("job/a%2Fb", "job=a/b"),
        ("job/a%2fb/x/%41%25", "job=a/b,x=A%"),
        ("job/a+b", "job=a+b"),
        ("job/a%20b%2Bc", "job=a b+c"),
        ("job/a/lab%65l/x", "job=a,label=x"),
        ("job/a/x/..", "job=a,x=.."),
        ("job/a:b@c;d=e&f,g", "job=a:b@c;d=e&f,g"),
        ("job/a%00b", "job=a\0b"),
        ("job/%", "! invalid percent escape in path component \"%\""),
        ("job/a%4", "! invalid percent escape in path component \"a%4\""),
        ("job/a/x/%zz", "! invalid percent escape in path component \"%zz\""),
        ("job/a/%g1/x", "! invalid percent escape in path component \"%g1\""),
        ("job/a/x/%\u{e4}4", "! invalid percent escape in path component \"%ä4\""),
    ])
    func `G1: slashes split first, escapes are decoded afterwards`(path: String, labels: String) {
        #expect(read(path) == labels)
    }

    @Test(arguments: [
        // With and without padding; the two alphabets; both kinds of escapes around them.
        ("job@base64/YQ==", "job=a"),
        ("job@base64/YQ=", "job=a"),
        ("job@base64/YQ", "job=a"),
        ("job@base64/YQ%3D%3D", "job=a"),
        ("job/a/x@base64/Pz8_Pg", "job=a,x=???>"),
        ("job/a/x@base64/Pz8%2FPg==", "job=a,x=???>"),
        ("job/a/x@base64/Pj4-", "job=a,x=>>>"),
        ("job/a/x@base64/Pj4+", "job=a,x=>>>"),
        ("job/a/x%40base64/YQ", "job=a,x=a"),
        ("job/a/instance@base64/=", "instance=,job=a"),
        ("job/a/instance@base64/%3D", "instance=,job=a"),
        ("job/a/instance@base64/", "instance=,job=a"),
        ("job/a/x@base64/YQ%0A", "job=a,x=a"),
        ("job/a/x@base64/Y", "! invalid base64 encoding for label x=\"Y\": illegal base64 data"),
        ("job/a/x@base64/Y=Q", "! invalid base64 encoding for label x=\"Y=Q\": illegal base64 data"),
        ("job/a/x@base64/a b", "! invalid base64 encoding for label x=\"a b\": illegal base64 data"),
        ("job@base64/$", "! invalid base64 encoding in job name \"$\": illegal base64 data"),
        ("job/a/@base64/YQ", "! improper label name \"\""),
        ("job/a/x@base64@base64/YQ", "job=a,x@base64=a"),
    ])
    func `G2: values may be base64`(path: String, labels: String) { #expect(read(path) == labels) }

    @Test(arguments: [
        ("job/a/b", "! odd number of components in label string \"/b\""),
        ("job/a/b/c/d", "! odd number of components in label string \"/b/c/d\""),
        ("job/a/b%2Fc", "! odd number of components in label string \"/b%2Fc\""),
        ("job/a/b/", "b=,job=a"),
        ("job/a/b/c/d/", "b=c,d=,job=a"),
    ])
    func `G3: names and values come in pairs`(path: String, labels: String) { #expect(read(path) == labels) }

    @Test(arguments: [
        "job/a//", "job/a//b/c", "job/a/b//", "job/a/b//c/d", "job/a/b/c//", "job/a//b", "job/a//////",
    ])
    func `G4: a double slash is refused with advice`(path: String) {
        #expect(read(path) == "! empty component in the path: write an empty value as <label>@base64/=")
    }

    @Test(arguments: [
        ("job/a/a.b/c", "a.b=c,job=a"),
        ("job/a/1/c", "1=c,job=a"),
        ("job/a/%C3%A4/c", "job=a,ä=c"),
        ("job/a/ä/c", "job=a,ä=c"),
        ("job/a/U__a_2e_b/c", "a.b=c,job=a"),
        ("job/a/U__a_2E_b__c/d", "a.b_c=d,job=a"),
        ("job/a/U__a_2e_b@base64/YQ", "a.b=a,job=a"),
        ("job/a/U__a_zz_/d", "U__a_zz_=d,job=a"),
        ("job/a/_x/d", "_x=d,job=a"),
        ("job/a/__x/d", "! improper label name \"__x\""),
        ("job/a/__name__/d", "! improper label name \"__name__\""),
        ("job/a/__name__@base64/YQ", "! improper label name \"__name__\""),
        ("job/a/%5F_x/d", "! improper label name \"__x\""),
        ("job/a/U______x/d", "! improper label name \"__x\""),
        ("job/a/U__/d", "! improper label name \"\""),
        ("job/a/%FF/d", "! improper label name \"\\xff\""),
        ("job/a/x\u{FFFD}/d", "! improper label name \"x\u{FFFD}\""),
    ])
    func `G5: label names are any text that is not reserved`(path: String, labels: String) {
        #expect(read(path) == labels)
    }

    @Test(arguments: [
        ("job/%FF", "! value of label \"job\" is not valid UTF-8"),
        ("job/a/x/%C3", "! value of label \"x\" is not valid UTF-8"),
        ("job/a/x/%ED%A0%80", "! value of label \"x\" is not valid UTF-8"),
        ("job/a/x/%C0%80", "! value of label \"x\" is not valid UTF-8"),
        ("job/a/x@base64/_w", "! value of label \"x\" is not valid UTF-8"),
        ("job@base64/_w", "! value of label \"job\" is not valid UTF-8"),
        // What the HTTP decoder makes of raw bytes that are no UTF-8; who means this character escapes it.
        ("job/a/x/\u{FFFD}", "! value of label \"x\" is not valid UTF-8"),
        ("job/a/x/%EF%BF%BD", "job=a,x=\u{FFFD}"),
    ])
    func `G6: values are UTF-8`(path: String, labels: String) { #expect(read(path) == labels) }

    @Test(arguments: [
        ("job/a/x/1/x/2", "job=a,x=2"),
        ("job/a/x/1/y/3/x/", "job=a,x=,y=3"),
        ("job/a/job/b", "job=a"),
        ("job/a/job@base64/Yg/x/1", "job=a,x=1"),
        ("job/a/job@base64/$", "! invalid base64 encoding for label job=\"$\": illegal base64 data"),
    ])
    func `G7: the last of a label counts, but the first job`(path: String, labels: String) {
        #expect(read(path) == labels)
    }

    @Test(arguments: ["", "job", "job/", "job//", "job//a/b", "job@base64/", "job@base64/=", "job@base64/%3D"])
    func `G8: a job is required`(path: String) { #expect(read(path) == "! job name is required") }

    @Test func `one grouping key has one hash, however it is written`() throws {
        let plain = try GroupingPath(Array("job/a/x/1/y/2".utf8)).decode()
        let other = try GroupingPath(Array("job@base64/YQ/y/3/y/2/x/%31".utf8)).decode()
        #expect(plain == other)
        #expect(plain.hash == other.hash)
    }
}
