import Testing

@testable import CurlTransport

@Suite struct SlotsTests {
    @Test func `a number that is free again is given again`() {
        var slots = Slots()
        #expect(slots.take() == 0)
        #expect(slots.take() == 1)
        slots.free(0)
        #expect(slots.take() == 0)
        #expect(slots.take() == 2)
    }

    @Test func `nobody has a number that was never given`() {
        let slots = Slots()
        if slots[0] != nil { Issue.record("somebody has 0") }
        if slots[-1] != nil { Issue.record("somebody has -1") }
    }
}
