/// Memory for the nodes of one document, taken all at once: short documents would spend more time on getting and freeing
/// memory for each kind of node than on reading.
@safe struct NodeArena: ~Copyable, @unchecked Sendable {
    /// Enough for every kind of node.
    static let alignment = 8

    // Sendable, since nothing reads or writes its memory through it. Safe, since `lend` gives each byte away once, and whoever borrows lives no longer than the arena.
    private let memory: UnsafeMutableRawPointer
    let byteCount: Int
    private var lent = 0

    init(byteCount: Int) {
        self.byteCount = byteCount
        unsafe memory = .allocate(byteCount: byteCount, alignment: NodeArena.alignment)
    }

    deinit {
        unsafe memory.deallocate()
    }

    /// Memory for `count` nodes, or for as many as there is room for.
    @unsafe mutating func lend<Node>(_ count: Int, _ type: Node.Type) -> UnsafeMutableRawBufferPointer {
        let stride = MemoryLayout<Node>.stride
        let bytes = min(count, (byteCount - lent) / stride) * stride
        defer { lent += (bytes + NodeArena.alignment - 1) & -NodeArena.alignment }
        return unsafe UnsafeMutableRawBufferPointer(start: memory + lent, count: bytes)
    }
}
