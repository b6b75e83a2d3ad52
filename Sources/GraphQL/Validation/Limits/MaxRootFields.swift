/// An operation must not select too many fields of the root object, where the costly ones are.
///
/// Fields with the same response name are executed once and count once.
extension ValidationContext {
    func maxRootFields(_ operation: OperationDefinitionNode, _ order: FragmentOrder) -> String? {
        guard let limit = limits.rootFields, document.selections.count > limit else { return nil }
        var seenNames = ContiguousArray(filledWith: false, count: document.names.count)
        var seenFragments = ContiguousArray(filledWith: false, count: document.fragments.count)
        var count = 0
        var pending = [operation.selectionSet]
        while let range = pending.popLast() {
            for index in document.selections(in: range) {
                let node = document[index]
                switch node.kind {
                case .field:
                    if !seenNames[node.responseName.position] { count += 1 }
                    seenNames[node.responseName.position] = true
                case .fragmentSpread:
                    guard let fragment = fragmentNamed[node.name.id.position], !seenFragments[fragment.position]
                    else { continue }
                    seenFragments[fragment.position] = true
                    pending.append(document[fragment].selectionSet)
                case .inlineFragment:
                    pending.append(document.selectionSet(of: index))
                }
            }
        }
        guard count > limit else { return nil }
        return "The operation selects \(count) root fields, fragments included; the limit is \(limit)."
    }
}
