/// A subscription must select exactly one field, which is no meta-field and does not depend on a condition.
///
/// Spec: 5.2.4.1 Single Root Field, CollectSubscriptionFields()
extension ValidationContext {
    mutating func singleFieldSubscriptions() {
        guard let root = schema.subscriptionType else { return }
        for operation in document.operations
        where operation.operationType == .subscription && wants(.singleFieldSubscriptions) {
            let fields = SubscriptionFields(of: operation, root, self)
            guard countSharedSteps(fields.selectionCount, operation, for: .singleFieldSubscriptions) else { return }
            let name =
                operation.name.id == .none ? "Anonymous Subscription" : "Subscription \"\(name(operation.name.id))\""
            if !fields.conditions.isEmpty {
                report(
                    .singleFieldSubscriptions,
                    "\(name) must not use `@skip` or `@include` directives in the top level selection.",
                    at: fields.conditions.map { document[$0].offset })
                continue
            }
            let selections = document.selections
            if fields.groups.count > 1 {
                report(
                    .singleFieldSubscriptions, "\(name) must select only one top level field.",
                    at: fields.groups.dropFirst().joined().map { selections[$0.position].offset })
            }
            for group in fields.groups where self.name(selections[group[0].position].name.id).hasPrefix("__") {
                guard wants(.singleFieldSubscriptions) else { return }
                report(
                    .singleFieldSubscriptions, "\(name) must not select an introspection top level field.",
                    at: group.map { selections[$0.position].offset })
            }
        }
    }
}

/// The root fields of a subscription, fragments included.
private struct SubscriptionFields {
    /// The fields with the same response name together, in order of their first occurrence.
    private(set) var groups: [[Index<SelectionNode>]] = []
    /// The `@skip` and `@include` directives of root selections.
    private(set) var conditions: [Index<DirectiveNode>] = []

    /// How many selections there are at the root, fragments included.
    private(set) var selectionCount = 0

    init(of operation: OperationDefinitionNode, _ root: TypeID, _ context: borrowing ValidationContext) {
        let document = context.document
        let selections = document.selections
        let conditionNames = ["skip", "include"].compactMap { document.names.find($0) }
        var groupNamed: [NameID: Int] = [:]
        var visited: Set<Index<FragmentDefinitionNode>> = []
        /// What remains to be read: ranges of sibling selections, the next one last.
        var pending = [operation.selectionSet]
        while let range = pending.popLast() {
            guard !range.isEmpty else { continue }
            let selection = selections[Int(range.lower)]
            pending.append(NodeRange(selection.next, range.upper))
            selectionCount += 1
            for position in selection.directives.positions
            where conditionNames.contains(document.directives[position].name.id) {
                conditions.append(Index(position))
            }
            switch selection.kind {
            case .field:
                let group = groupNamed[selection.responseName] ?? groups.count
                if group == groups.count {
                    groupNamed[selection.responseName] = group
                    groups.append([])
                }
                groups[group].append(Index(range.lower))
            case .fragmentSpread:
                guard let index = context.fragmentNamed[selection.name.id.position], visited.insert(index).inserted
                else { continue }
                let fragment = document[index]
                guard context.applies(fragment.typeCondition.id, to: root) else { continue }
                pending.append(fragment.selectionSet)
            case .inlineFragment:
                guard selection.name.id == .none || context.applies(selection.name.id, to: root) else { continue }
                pending.append(NodeRange(range.lower + 1, selection.next))
            }
        }
    }
}

extension ValidationContext {
    /// Spec: 6.3.2 DoesFragmentTypeApply()
    fileprivate func applies(_ condition: NameID, to object: TypeID) -> Bool {
        guard let type = compositeType(named: condition) else { return false }
        return schema.isPossible(object, of: type)
    }
}
