/// Bytes that stay where they are until they are replaced, so that C may keep a pointer to them.
@safe
struct PinnedBytes: ~Copyable {
    /// Larger memory is not kept for the next bytes.
    private static let keptCapacity = 1 << 20

    // Safe: allocated and freed only here; lent read-only, and valid until the next `assign`.
    private var memory: UnsafeMutableRawBufferPointer

    init() { unsafe memory = UnsafeMutableRawBufferPointer(start: nil, count: 0) }

    deinit { unsafe memory.deallocate() }

    /// Replaces the bytes.
    mutating func assign(_ bytes: [UInt8]) {
        let capacity = unsafe memory.count
        let isTooSmall = capacity < bytes.count
        let isTooLarge = capacity > Self.keptCapacity && bytes.count < capacity / 2
        if isTooSmall || isTooLarge || capacity == 0 {
            unsafe memory.deallocate()
            unsafe memory = .allocate(byteCount: max(bytes.count, 4_096), alignment: 16)
        }
        unsafe memory.copyBytes(from: bytes)
    }

    /// Lends the bytes; the pointer is never nil, even where there are none.
    func withPointer<Result>(_ body: (UnsafeRawPointer?) -> Result) -> Result {
        unsafe body(UnsafeRawPointer(memory.baseAddress))
    }
}
