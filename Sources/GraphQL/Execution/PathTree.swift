/// Response paths that are named only when an error or a hole needs them.
///
/// While the response is written, the way to the object or list at hand is a stack of plain steps. A hole needs its
/// path later: the steps then become nodes of a tree, which all holes below them share.
struct PathTree: ~Copyable {
    /// A node of the tree; `root` is the root object.
    typealias NodeID = Int
    static let root: NodeID = -1

    /// Down to the value of a field, or to an item of a list.
    private struct Step {
        /// Nil for a step to an item.
        let field: FieldPlan?
        var index = 0
        /// The tree's node for this step, once there is one.
        var node: NodeID = PathTree.root

        var segment: PathSegment { field.map { .name($0.responseName) } ?? .index(index) }
    }

    private var steps: ContiguousArray<Step> = []
    /// Where the steps begin.
    private var base: NodeID = root
    private var nodes: ContiguousArray<(parent: NodeID, segment: PathSegment)> = []

    /// Goes to a node, from where steps begin.
    mutating func go(to node: NodeID) {
        steps.removeAll(keepingCapacity: true)
        base = node
    }

    @inline(__always)
    mutating func enter(_ field: FieldPlan) { steps.append(Step(field: field)) }

    @inline(__always)
    mutating func enterList() { steps.append(Step(field: nil)) }

    /// Goes on to an item of the list that was entered last.
    @inline(__always)
    mutating func move(to index: Int) {
        let last = steps.count - 1
        steps[last].index = index
        steps[last].node = Self.root
    }

    @inline(__always)
    mutating func leave() { steps.removeLast() }

    /// The node of where the steps have led.
    mutating func currentNode() -> NodeID {
        var known = steps.count
        while known > 0, steps[known - 1].node == Self.root { known -= 1 }
        var node = known > 0 ? steps[known - 1].node : base
        for position in known..<steps.count {
            nodes.append((node, steps[position].segment))
            node = nodes.count - 1
            steps[position].node = node
        }
        return node
    }

    /// Where the steps have led.
    var current: ResponsePath {
        var path: ResponsePath = []
        var node = base
        while node != Self.root {
            path.append(nodes[node].segment)
            node = nodes[node].parent
        }
        path.reverse()
        for step in steps { path.append(step.segment) }
        return path
    }
}
