/// Whose the handles are, by the number that each was given: carriers', and those that fetch tokens.
struct Slots {
    /// Whose a handle is.
    enum Owner {
        case carrier(Carrier)
        case access(Access)
    }

    private var owners: [Owner?] = []
    private var unused: [Int] = []

    /// A number that nobody has; it is taken, and has no owner yet.
    mutating func take() -> Int {
        if let slot = unused.popLast() { return slot }
        owners.append(nil)
        return owners.count - 1
    }

    /// Gives a number that was taken its owner.
    mutating func assign(_ slot: Int, to owner: Owner) { owners[slot] = owner }

    /// Nobody has this number any more; no handle that bears it is in use.
    mutating func free(_ slot: Int) {
        owners[slot] = nil
        unused.append(slot)
    }

    /// Whose a number is; nil where nobody has it.
    subscript(slot: Int) -> Owner? { owners.indices.contains(slot) ? owners[slot] : nil }
}
