/// Introspection must not follow the lists of a type's fields and relatives too deep: each level multiplies the response
/// by the size of the schema.
///
/// No rule of the specification; graphql-js has it among its recommended ones.
extension ValidationContext {
    private static let lists = ["fields", "interfaces", "possibleTypes", "inputFields"]

    mutating func maxIntrospectionDepth() {
        guard !introspectionFields.isEmpty, let limit = limits.introspectionDepth else { return }
        let lists = Self.lists.compactMap { document.names.find($0) }
        var known: Set<[Int]> = []
        for field in introspectionFields where wants(.maxIntrospectionDepth) && isTooDeep(field, lists, limit, &known) {
            known.removeAll()
            report(.maxIntrospectionDepth, "Maximum introspection depth exceeded", at: document[field].offset)
        }
    }

    private enum Step {
        case selectionSet(NodeRange<SelectionNode>, depth: Int)
        case fragment(Index<FragmentDefinitionNode>, depth: Int)
        case leave(Index<FragmentDefinitionNode>)
    }

    /// Follows each fragment once for each number of lists around it, and never within itself.
    ///
    /// The fragments `known` by their position and the number of lists around them are not too deep.
    private func isTooDeep(
        _ field: Index<SelectionNode>, _ lists: [NameID], _ limit: Int, _ known: inout Set<[Int]>
    ) -> Bool {
        var open: Set<Index<FragmentDefinitionNode>> = []
        var pending = [Step.selectionSet(document.selectionSet(of: field), depth: 0)]
        while let step = pending.popLast() {
            switch step {
            case .leave(let fragment):
                open.remove(fragment)
            case .fragment(let fragment, let depth):
                guard !open.contains(fragment), known.insert([fragment.position, depth]).inserted else { continue }
                open.insert(fragment)
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
                    if inner > limit { return true }
                    if selection.hasSelectionSet {
                        pending.append(.selectionSet(document.selectionSet(of: index), depth: inner))
                    }
                }
            }
        }
        return false
    }
}
