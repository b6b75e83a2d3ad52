/// A node of an array in preorder, where a node's descendants follow it at once.
package protocol PreorderNode: SyntaxNode {
    /// The index behind the node's subtree.
    var next: UInt32 { get }
}

extension SelectionNode: PreorderNode {}
extension ValueNode: PreorderNode {}

/// The nodes of a preorder range, without their descendants, in source order.
package struct Siblings<Node: PreorderNode>: Sequence, IteratorProtocol, Sendable {
    private let nodes: NodeList<Node>
    private var position: UInt32
    private let end: UInt32

    init(_ range: NodeRange<Node>, of nodes: NodeList<Node>) {
        self.nodes = nodes
        position = range.lower
        end = range.upper
    }

    package mutating func next() -> Index<Node>? {
        guard position < end else { return nil }
        defer { position = nodes[Int(position)].next }
        return Index(position)
    }
}

extension Document {
    /// The selections of a selection set, without their descendants.
    package func selections(in range: NodeRange<SelectionNode>) -> Siblings<SelectionNode> {
        Siblings(range, of: selections)
    }

    /// The preorder range of a field's or inline fragment's selection set; empty when it has none.
    package func selectionSet(of selection: Index<SelectionNode>) -> NodeRange<SelectionNode> {
        NodeRange(selection.rawValue + 1, selections[selection.position].next)
    }

    /// The selections in the braces of a field or inline fragment.
    package func children(of selection: Index<SelectionNode>) -> Siblings<SelectionNode> {
        Siblings(selectionSet(of: selection), of: selections)
    }

    /// The items of a list, or the field values of an object; nothing for other values.
    package func children(of value: Index<ValueNode>) -> Siblings<ValueNode> {
        Siblings(NodeRange(value.rawValue + 1, values[value.position].next), of: values)
    }
}
