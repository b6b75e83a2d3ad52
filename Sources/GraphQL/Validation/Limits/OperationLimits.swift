// The limits on what an operation selects after its fragments are expanded. Nothing is expanded to check them: each
// fragment is looked at once, and what was found counts wherever it is spread. So a check takes time in proportion to
// the document, whatever its fragments would unfold into.
//
// They are no rules of the specification, and hold for one operation: that which is going to be executed. The document
// is valid by then, so that no fragment contains itself.
extension ValidationContext {
    /// What is too large about an operation.
    func limitErrors(of operation: OperationDefinitionNode, _ order: FragmentOrder) -> [GraphQLError] {
        [
            maxSelectionDepth(operation, order),
            maxFields(operation, order),
            maxAliases(operation, order),
            maxRootFields(operation, order),
        ].compactMap { $0 }.map { message in
            GraphQLError(message, locations: [document.location(operation.offset)])
        }
    }

    /// How many selections of an operation `counts` holds of, those of a fragment as often as it is spread.
    ///
    /// - Returns: the number, at most `manySelections`.
    func expandedCount(
        _ operation: OperationDefinitionNode, _ order: FragmentOrder, where counts: (SelectionNode) -> Bool
    ) -> Int {
        var known = ContiguousArray(filledWith: 0, count: order.isEmpty ? 0 : document.fragments.count)
        func count(_ range: NodeRange<SelectionNode>) -> Int {
            var count = 0
            for position in range.positions {
                let node = document.selections[position]
                if node.kind == .fragmentSpread, let fragment = fragmentNamed[node.name.id.position] {
                    count = min(count + known[fragment.position], Self.manySelections)
                } else if counts(node) {
                    count += 1
                }
            }
            return count
        }
        for fragment in order { known[fragment.position] = count(document[fragment].selectionSet) }
        return count(operation.selectionSet)
    }

    /// More than this is not counted: a fragment bomb of a few lines has more fields than any integer.
    static let manySelections = 1_000_000_000

    /// How many levels or selections were found, for a message.
    static func counted(_ count: Int) -> String {
        count < manySelections ? "\(count)" : "\(manySelections) or more"
    }

    /// Whether an operation of this document may exceed the limit at all: a look that spares small documents the rest.
    func mayExceed(_ limit: Int, _ order: FragmentOrder) -> Bool {
        !order.isEmpty || document.selections.count > limit
    }
}

/// The fragments that an operation spreads, directly or through others, each behind those that it spreads itself.
struct FragmentOrder: Sequence {
    private var fragments: [Index<FragmentDefinitionNode>] = []

    /// A definition whose selections are being looked through.
    private struct Open {
        var remaining: Range<Int>
        let fragment: Index<FragmentDefinitionNode>?
    }

    /// Takes time in proportion to the operation and these fragments, and no stack.
    init(_ operation: OperationDefinitionNode, in context: borrowing ValidationContext) {
        guard !context.document.fragments.isEmpty else { return }
        let document = context.document
        var entered = ContiguousArray(filledWith: false, count: document.fragments.count)
        var open = [Open(remaining: operation.selectionSet.positions, fragment: nil)]
        while let current = open.last {
            var next: Index<FragmentDefinitionNode>?
            var position = current.remaining.lowerBound
            while position < current.remaining.upperBound, next == nil {
                let node = document.selections[position]
                position += 1
                guard node.kind == .fragmentSpread, let fragment = context.fragmentNamed[node.name.id.position],
                    !entered[fragment.position]
                else { continue }
                entered[fragment.position] = true
                next = fragment
            }
            open[open.count - 1].remaining = position..<current.remaining.upperBound
            if let next {
                open.append(Open(remaining: document[next].selectionSet.positions, fragment: next))
            } else {
                open.removeLast()
                if let fragment = current.fragment { fragments.append(fragment) }
            }
        }
    }

    var isEmpty: Bool { fragments.isEmpty }

    func makeIterator() -> IndexingIterator<[Index<FragmentDefinitionNode>]> { fragments.makeIterator() }
}
