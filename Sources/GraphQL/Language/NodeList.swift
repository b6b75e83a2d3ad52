/// Nodes of one kind, in source order, by their positions among all of that kind in the document.
@safe package struct NodeList<Node: SyntaxNode>: RandomAccessCollection, @unchecked Sendable {
    // Safe and Sendable, since the nodes are a document's, which is kept alive here and never changes, and positions are checked.
    private let document: Document
    private let nodes: UnsafeRawPointer?
    package let startIndex: Int
    package let endIndex: Int

    @inline(__always)
    init(_ buffer: borrowing NodeBuffer<Node>, of document: Document) {
        self.document = document
        unsafe nodes = buffer.start
        startIndex = 0
        endIndex = buffer.count
    }

    private init(_ list: NodeList, _ range: Range<Int>) {
        document = list.document
        unsafe nodes = list.nodes
        startIndex = range.lowerBound
        endIndex = range.upperBound
    }

    package var count: Int { endIndex - startIndex }
    package var isEmpty: Bool { startIndex == endIndex }

    @inline(__always)
    package subscript(position: Int) -> Node {
        precondition(position >= startIndex && position < endIndex, "There is no such node")
        return unsafe nodes.unsafelyUnwrapped.load(fromByteOffset: position &* MemoryLayout<Node>.stride, as: Node.self)
    }

    @inline(__always)
    package subscript(range: Range<Int>) -> NodeList {
        precondition(range.lowerBound >= startIndex && range.upperBound <= endIndex, "There are no such nodes")
        return NodeList(self, range)
    }
}
