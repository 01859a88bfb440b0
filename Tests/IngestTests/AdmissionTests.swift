import Testing

@testable import Ingest

@Suite("Admission: contract L3")
struct AdmissionTests {
    private func expect(_ permit: inout Permit, toGrowBy bytes: Int, _ expected: Bool) {
        let hasGrown = permit.grow(by: bytes)
        #expect(hasGrown == expected)
    }

    @Test func `a permit grows up to the limit and returns itself`() {
        let admission = Admission(limit: 100)
        do {
            var permit = admission.permit()
            expect(&permit, toGrowBy: 60, true)
            expect(&permit, toGrowBy: 40, true)
            expect(&permit, toGrowBy: 1, false)
            #expect(admission.inHand == 100)
            #expect(permit.bytes == 100)
            permit.shrink(to: 30)
            #expect(admission.inHand == 30)
        }
        #expect(admission.inHand == 0)
    }

    @Test func `permits share the limit`() {
        let admission = Admission(limit: 100)
        var first = admission.permit()
        var second = admission.permit()
        expect(&first, toGrowBy: 70, true)
        expect(&second, toGrowBy: 31, false)
        expect(&second, toGrowBy: 30, true)
        first.shrink(to: 0)
        expect(&second, toGrowBy: 70, true)
        #expect(admission.inHand == 100)
    }

    @Test func `a permit knows what it can never have`() {
        let admission = Admission(limit: 100)
        var permit = admission.permit(beside: 30)
        expect(&permit, toGrowBy: 20, true)
        var canNever = [50, 51, .max].map { permit.canNeverGrow(by: $0) }
        #expect(canNever == [false, true, true])
        var other = admission.permit()
        expect(&other, toGrowBy: 60, true)
        // What others hold they give back.
        canNever = [permit.canNeverGrow(by: 50)]
        #expect(canNever == [false])
    }

    @Test func `more than there can be is no overflow`() {
        let admission = Admission(limit: 100)
        var permit = admission.permit()
        expect(&permit, toGrowBy: 1, true)
        expect(&permit, toGrowBy: .max - 1, false)
        #expect(admission.inHand == 1)
        permit.shrink(to: 5)
        #expect(permit.bytes == 1)
    }
}
