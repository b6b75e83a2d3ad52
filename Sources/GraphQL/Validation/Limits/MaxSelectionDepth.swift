/// Fields must not be nested too deep after fragments are expanded: planning and execution recurse with them.
extension ValidationContext {
    func maxSelectionDepth(_ operation: OperationDefinitionNode, _ order: FragmentOrder) -> String? {
        let limit = min(limits.selectionDepth ?? .max, Limits.maximumDepth)
        guard document.selections.count > limit else { return nil }
        var known = ContiguousArray(filledWith: 0, count: document.fragments.count)
        for fragment in order { known[fragment.position] = depth(document[fragment].selectionSet, known) }
        let depth = depth(operation.selectionSet, known)
        guard depth > limit else { return nil }
        return "The operation is nested \(depth) levels deep, fragments included; the limit is \(limit)."
    }

    /// How many selection sets of fields are nested in one, itself included, by what is known of the fragments spread.
    private func depth(_ range: NodeRange<SelectionNode>, _ known: ContiguousArray<Int>) -> Int {
        /// Where the fields that are open end.
        var open: [UInt32] = []
        var depth = 1
        for position in range.positions {
            while let end = open.last, end == position { open.removeLast() }
            let node = document.selections[position]
            switch node.kind {
            case .field:
                if node.hasSelectionSet { open.append(node.next) }
                depth = max(depth, open.count + 1)
            case .fragmentSpread:
                let fragment = fragmentNamed[node.name.id.position]
                depth = max(depth, open.count + (fragment.map { known[$0.position] } ?? 0))
            case .inlineFragment:
                break
            }
        }
        return depth
    }
}
