import Fixtures
import Samples
import Testing

@testable import Exposition

@Suite("Label pairs in protobuf")
struct ProtobufLabelTests {
    @Test func `names that are there twice are found among few and many`() throws {
        for count in [2, 3, 17, 1000] {
            let words = (0..<count).map { "label_\($0)" }
            let bytes = Array(words.joined().utf8)
            var names: [LabelNames.Name] = []
            for word in words {
                let start = names.last?.text.indices.upperBound ?? 0
                names.append(.init(text: ByteRange(offset: start, count: word.utf8.count)))
            }
            try ProtobufLabel.checkDuplicates(bytes.span, names)
            names.append(names[count / 2])
            #expect(throws: ProtobufError.Problem.duplicateLabel(Array(words[count / 2].utf8))) {
                try ProtobufLabel.checkDuplicates(bytes.span, names)
            }
        }
    }

    @Test(arguments: [
        ("a", "b", true), ("b", "a", false), ("a", "aa", true), ("aa", "a", false), ("a", "a", false), ("", "a", true),
        ("z", "é", true),
    ])
    func `names are compared by their bytes`(first: String, second: String, precedes: Bool) {
        let bytes = Array((first + second).utf8)
        let (left, right) = (ByteRange(0..<first.utf8.count), ByteRange(first.utf8.count..<bytes.count))
        #expect(left.precedes(right, in: bytes.span) == precedes)
    }
}
