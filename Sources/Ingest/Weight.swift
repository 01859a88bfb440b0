import NIOCore

/// How large bodies may be for one thread to carry them.
///
/// An event loop has other connections to serve: at 200 ns a sample, a body of 4 MiB decoded holds it for some 10 ms.
/// What is heavier goes through a pipeline on the thread pool.
struct Weight {
    /// The bytes of a compressed body as it arrives.
    var compressed: Int
    /// The bytes of a body once decoded.
    var decoded: Int

    /// What an event loop carries.
    static let eventLoop = Weight(compressed: 1 << 20, decoded: 4 << 20)

    /// What a thread of the pool carries: everything.
    static let threadPool = Weight(compressed: .max, decoded: .max)
}
