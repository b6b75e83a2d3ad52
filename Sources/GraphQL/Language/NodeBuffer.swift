/// Nodes of one kind while a document is read: an array that takes memory with its first node, and then as much as an
/// ordinary document needs.
///
/// Most documents lack most kinds of nodes, and short ones would spend more time on growing arrays than on reading.
struct NodeBuffer<Node>: ~Copyable {
    private var nodes = ContiguousArray<Node>()
    private let firstCapacity: Int

    /// An empty buffer, whose first node makes room for this many.
    init(firstCapacity: Int) {
        self.firstCapacity = firstCapacity
    }

    var count: Int { nodes.count }

    @inline(__always)
    mutating func append(_ node: Node) {
        if nodes.capacity == 0 { nodes.reserveCapacity(firstCapacity) }
        nodes.append(node)
    }

    mutating func insert(_ node: Node, at position: Int) {
        nodes.insert(node, at: position)
    }

    @inline(__always)
    subscript(position: Int) -> Node {
        get { nodes[position] }
        _modify { yield &nodes[position] }
    }

    /// The nodes, which are moved, not copied.
    consuming func finish() -> ContiguousArray<Node> { nodes }
}
