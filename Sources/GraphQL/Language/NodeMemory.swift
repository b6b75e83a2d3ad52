/// Memory that grows: lent by a `NodeArena` at first, which is to outlive it, then its own.
@safe struct NodeMemory: ~Copyable, @unchecked Sendable {
    // Sendable, since it alone refers to its memory. Safe where its users stay within `byteCount`.
    private(set) var start: UnsafeMutableRawPointer?
    private(set) var byteCount: Int
    private var isLent: Bool

    /// None yet.
    init() {
        unsafe start = nil
        byteCount = 0
        isLent = false
    }

    @unsafe init(lent: UnsafeMutableRawBufferPointer) {
        unsafe start = lent.baseAddress
        byteCount = lent.count
        isLent = true
    }

    deinit {
        if !isLent { unsafe start?.deallocate() }
    }

    /// How much of it is its own, in bytes.
    var ownByteCount: Int { isLent ? 0 : byteCount }

    /// Moves to a larger place.
    mutating func grow(to newByteCount: Int) {
        let larger = UnsafeMutableRawPointer.allocate(byteCount: newByteCount, alignment: NodeArena.alignment)
        if let start = unsafe start {
            unsafe larger.copyMemory(from: start, byteCount: byteCount)
            if !isLent { unsafe start.deallocate() }
        }
        unsafe start = larger
        byteCount = newByteCount
        isLent = false
    }
}
