/// Nodes of one kind, in memory that grows while a document is read and stays where it is afterwards.
@safe struct NodeBuffer<Node: BitwiseCopyable & Sendable>: ~Copyable {
    // Safe, since only `append` writes behind `count`, where it has made room, and the subscript checks its position.
    private var memory: NodeMemory
    private var capacity: Int
    private let expectedCount: Int
    private(set) var count = 0

    /// An empty buffer that takes memory for so many nodes with the first one.
    init(expecting expectedCount: Int) {
        self.expectedCount = expectedCount
        memory = NodeMemory()
        capacity = 0
    }

    /// An empty buffer that has room for so many nodes in `arena`, if there is any left.
    init(lending expectedCount: Int, of arena: inout NodeArena) {
        self.expectedCount = max(expectedCount, 8)
        memory = unsafe NodeMemory(lent: arena.lend(expectedCount, Node.self))
        capacity = memory.byteCount / MemoryLayout<Node>.stride
    }

    /// The first node; undefined when there is none.
    @unsafe var start: UnsafeRawPointer? { unsafe UnsafeRawPointer(memory.start) }

    /// How much memory it has taken besides what was lent.
    var ownByteCount: Int { memory.ownByteCount }

    @inline(__always)
    mutating func append(_ node: Node) {
        if count == capacity { grow() }
        let start = unsafe memory.start.unsafelyUnwrapped
        unsafe start.storeBytes(of: node, toByteOffset: count &* MemoryLayout<Node>.stride, as: Node.self)
        count &+= 1
    }

    /// Moves the nodes from `position` on.
    mutating func insert(_ node: Node, at position: Int) {
        append(node)
        for moved in stride(from: count - 1, to: position, by: -1) { self[moved] = self[moved - 1] }
        self[position] = node
    }

    @inline(__always)
    subscript(position: Int) -> Node {
        get { unsafe pointer(to: position).load(as: Node.self) }
        set { unsafe pointer(to: position).storeBytes(of: newValue, as: Node.self) }
    }

    @inline(__always)
    private func pointer(to position: Int) -> UnsafeMutableRawPointer {
        precondition(UInt(bitPattern: position) < UInt(bitPattern: count), "There is no such node")
        return unsafe memory.start.unsafelyUnwrapped + position &* MemoryLayout<Node>.stride
    }

    private mutating func grow() {
        capacity = max(2 * capacity, expectedCount)
        memory.grow(to: capacity * MemoryLayout<Node>.stride)
    }
}
