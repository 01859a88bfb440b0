import Testing

@testable import SettingsFile

@Suite struct PlaceTests {
    @Test(arguments: [(0, 1, 1), (2, 1, 3), (3, 2, 1), (5, 2, 2), (6, 3, 1), (7, 3, 2)])
    func `the place of a byte is its line and its column in characters`(offset: Int, line: Int, column: Int) {
        #expect(Place(offset: offset, in: Array("ab\né\nx".utf8)) == Place(line: line, column: column))
    }

    @Test func `places have an order`() {
        #expect(Place(line: 1, column: 9) < Place(line: 2, column: 1))
        #expect(Place(line: 2, column: 1) < Place(line: 2, column: 2))
    }
}
