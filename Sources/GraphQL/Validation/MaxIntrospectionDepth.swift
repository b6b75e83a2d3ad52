/// Introspection must not follow the lists of a type's fields and relatives too deep: each level multiplies the response
/// by the size of the schema.
///
/// No rule of the specification; graphql-js has it among its recommended ones.
extension ValidationContext {
    /// How many lists within each other are refused.
    static let maximumIntrospectionLists = 3

    private static let lists = ["fields", "interfaces", "possibleTypes", "inputFields"]

    mutating func maxIntrospectionDepth() {
        guard !introspectionFields.isEmpty else { return }
        let lists = Self.lists.compactMap { document.names.find($0) }
        for field in introspectionFields where isTooDeep(field, lists) {
            report(.maxIntrospectionDepth, "Maximum introspection depth exceeded", at: document[field].offset)
        }
    }

    /// Each fragment is looked at once for each number of lists around it.
    private func isTooDeep(_ field: Index<SelectionNode>, _ lists: [NameID]) -> Bool {
        var visited: Set<[Int]> = []
        var pending = [(selectionSet: document.selectionSet(of: field), depth: 0)]
        while let (selectionSet, depth) = pending.popLast() {
            for index in document.selections(in: selectionSet) {
                let selection = document[index]
                if selection.kind == .fragmentSpread {
                    guard let fragment = fragmentNamed[selection.name.id.position],
                        visited.insert([fragment.position, depth]).inserted
                    else { continue }
                    pending.append((document[fragment].selectionSet, depth))
                    continue
                }
                let isList = selection.kind == .field && lists.contains(selection.name.id)
                if isList, depth + 1 >= Self.maximumIntrospectionLists { return true }
                if selection.hasSelectionSet {
                    pending.append((document.selectionSet(of: index), depth + (isList ? 1 : 0)))
                }
            }
        }
        return false
    }
}
