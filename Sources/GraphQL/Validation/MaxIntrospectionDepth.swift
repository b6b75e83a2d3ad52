/// Introspection must not follow the lists of a type's fields and relatives too deep: each level multiplies the response
/// by the size of the schema.
///
/// No rule of the specification; graphql-js has it among its recommended ones.
extension ValidationContext {
    private static let lists = ["fields", "interfaces", "possibleTypes", "inputFields"]

    mutating func maxIntrospectionDepth() {
        guard !introspectionFields.isEmpty, let limit = limits.introspectionDepth else { return }
        let lists = Self.lists.compactMap { document.names.find($0) }
        var known = KnownDepths(fragmentCount: document.fragments.count)
        for field in introspectionFields where wants(.maxIntrospectionDepth) && isTooDeep(field, lists, limit, &known) {
            report(.maxIntrospectionDepth, "Maximum introspection depth exceeded", at: document[field].offset)
        }
    }

    /// What is known about each fragment, by its position.
    private struct KnownDepths {
        /// The most lists around it with which it was found not too deep.
        var fine: ContiguousArray<Int>
        /// The fewest with which it was found too deep.
        var tooDeep: ContiguousArray<Int>

        init(fragmentCount: Int) {
            fine = ContiguousArray(repeating: -1, count: fragmentCount)
            tooDeep = ContiguousArray(repeating: .max, count: fragmentCount)
        }
    }

    private enum Step {
        case selectionSet(NodeRange<SelectionNode>, depth: Int)
        case fragment(Index<FragmentDefinitionNode>, depth: Int)
        case leave(Index<FragmentDefinitionNode>)
    }

    /// Follows each fragment once for each number of lists around it, and never within itself.
    private func isTooDeep(
        _ field: Index<SelectionNode>, _ lists: [NameID], _ limit: Int, _ known: inout KnownDepths
    ) -> Bool {
        /// The fragments that the search is in, and the number of lists around each.
        var open: [Int: Int] = [:]
        func noteTooDeep() {
            for (fragment, depth) in open { known.tooDeep[fragment] = min(known.tooDeep[fragment], depth) }
        }
        var pending = [Step.selectionSet(document.selectionSet(of: field), depth: 0)]
        while let step = pending.popLast() {
            switch step {
            case .leave(let fragment):
                guard let depth = open.removeValue(forKey: fragment.position) else { continue }
                known.fine[fragment.position] = max(known.fine[fragment.position], depth)
            case .fragment(let fragment, let depth):
                guard open[fragment.position] == nil, depth > known.fine[fragment.position] else { continue }
                guard depth < known.tooDeep[fragment.position] else {
                    noteTooDeep()
                    return true
                }
                open[fragment.position] = depth
                pending.append(.leave(fragment))
                pending.append(.selectionSet(document[fragment].selectionSet, depth: depth))
            case .selectionSet(let selectionSet, let depth):
                for index in document.selections(in: selectionSet) {
                    let selection = document[index]
                    if selection.kind == .fragmentSpread {
                        let fragment = fragmentNamed[selection.name.id.position]
                        if let fragment { pending.append(.fragment(fragment, depth: depth)) }
                        continue
                    }
                    let isList = selection.kind == .field && lists.contains(selection.name.id)
                    let inner = isList ? depth + 1 : depth
                    if inner > limit {
                        noteTooDeep()
                        return true
                    }
                    if selection.hasSelectionSet {
                        pending.append(.selectionSet(document.selectionSet(of: index), depth: inner))
                    }
                }
            }
        }
        return false
    }
}
