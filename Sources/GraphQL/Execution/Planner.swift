/// Makes selection plans: collects the fields of a selection set for an object type, and plans each.
struct Planner {
    private let operation: PlannedOperation
    private let document: Document
    /// The group of each response name in the selection set that is being collected; -1 for none.
    private var groupOfName: ContiguousArray<Int32>
    /// Equal sub-selections of the same type share a plan. There are none unless a fragment is spread more than once.
    private let sharesPlans: Bool
    private var known: [SelectionKey: SelectionPlan] = [:]

    /// How many selection sets the one that is being planned stands in.
    private var depth: Int

    /// How deep fields may be nested after fragments are expanded: planning and execution recurse this far. Operations
    /// are held to their own limit before.
    static let maximumDepth = Limits.maximumDepth

    private struct SelectionKey: Hashable {
        let type: TypeID
        let selectionSets: SelectionSets
    }

    /// The nodes of a field: most fields have one.
    private struct Group {
        let node: Index<SelectionNode>
        var others: [Index<SelectionNode>] = []
    }

    /// Makes a planner for selection sets that stand in `depth` others.
    init(_ operation: PlannedOperation, depth: Int = 0) {
        self.depth = depth
        self.operation = operation
        document = operation.document
        sharesPlans =
            !document.fragments.isEmpty
            && document.selections.count { $0.kind == .fragmentSpread } > document.fragments.count
        groupOfName = ContiguousArray(filledWith: -1, count: document.names.count)
    }

    /// Plans what the selection sets together select of an object of `type`.
    mutating func selectionPlan(
        of type: TypeID, _ selectionSets: SelectionSets
    ) throws(GraphQLError) -> SelectionPlan {
        let key = SelectionKey(type: type, selectionSets: selectionSets)
        if sharesPlans, let plan = known[key] { return plan }
        depth += 1
        defer { depth -= 1 }
        if depth > Self.maximumDepth {
            throw GraphQLError(
                "The operation is nested more than \(Self.maximumDepth) levels deep, fragments included.")
        }
        let collected: [Group]
        do throws(GraphQLError) {
            collected = try collectFields(type, selectionSets)
        } catch {
            return SelectionPlan(capacity: 0, failure: error)
        }
        let plan = SelectionPlan(capacity: collected.count)
        for group in collected {
            // Validation has made sure that the type has the field.
            guard let field = operation.schema.field(of: type, named: name(of: group.node)) else { continue }
            plan.append(try fieldPlan(group, of: type, field))
        }
        if sharesPlans { known[key] = plan }
        return plan
    }

    // MARK: Collecting

    /// The fields of the selection sets that apply to `type`, grouped by response name in order of first occurrence.
    ///
    /// Throws when a condition has no value, which only a variable can do: the object whose fields they are becomes null.
    ///
    /// Spec: 6.3.2 CollectFields()
    private mutating func collectFields(
        _ type: TypeID, _ selectionSets: SelectionSets
    ) throws(GraphQLError) -> [Group] {
        var groups: [Group] = []
        groups.reserveCapacity(selectionSets.first.count)
        defer {
            for group in groups { groupOfName[document.selections[group.node.position].responseName.position] = -1 }
        }
        var visitedFragments: Set<Int> = []
        // The selection sets that are being walked, the innermost last: a chain of fragments may be as long as the
        // document allows.
        var open = selectionSets.others.reversed().map { document.selections(in: $0) }
        open.append(document.selections(in: selectionSets.first))
        while !open.isEmpty {
            guard let index = open[open.count - 1].next() else {
                open.removeLast()
                continue
            }
            let selection = document.selections[index.position]
            guard try isIncluded(selection.directives) else { continue }
            switch selection.kind {
            case .field:
                let group = Int(groupOfName[selection.responseName.position])
                if group >= 0 {
                    groups[group].others.append(index)
                } else {
                    groupOfName[selection.responseName.position] = Int32(groups.count)
                    groups.append(Group(node: index))
                }
            case .fragmentSpread:
                guard let position = operation.fragments[selection.name.id.position]?.position,
                    visitedFragments.insert(position).inserted
                else { continue }
                let fragment = document.fragments[position]
                guard applies(fragment.typeCondition.id, to: type) else { continue }
                open.append(document.selections(in: fragment.selectionSet))
            case .inlineFragment:
                guard selection.name.id == .none || applies(selection.name.id, to: type) else { continue }
                open.append(document.children(of: index))
            }
        }
        return groups
    }

    /// Spec: 6.3.2 DoesFragmentTypeApply()
    private func applies(_ typeCondition: NameID, to type: TypeID) -> Bool {
        guard let condition = operation.schema.type(named: operation.names[typeCondition]) else { return false }
        return operation.schema.isPossible(type, of: condition)
    }

    /// What is skipped has no need of a value for `@include`, in whatever order they are written.
    ///
    /// Spec: 6.3.2 CollectFields(), 3.13.1 @skip, 3.13.2 @include
    private func isIncluded(_ directives: NodeRange<DirectiveNode>) throws(GraphQLError) -> Bool {
        guard !directives.isEmpty else { return true }
        if try condition(of: "skip", directives) == true { return false }
        return try condition(of: "include", directives) ?? true
    }

    /// The value of the argument `if`; nil when there is no such directive.
    private func condition(of name: String, _ directives: NodeRange<DirectiveNode>) throws(GraphQLError) -> Bool? {
        for directive in document[directives] where document.name(directive.name.id) == name {
            // Validation has made sure that the condition is given.
            for argument in document[directive.arguments] where document.name(argument.name.id) == "if" {
                let value = document.value(of: argument.value, variables: operation.conditions)
                guard case .boolean(let condition)? = value else {
                    throw GraphQLError(
                        "Argument \"if\" of non-null type \"Boolean!\" must not be null.",
                        locations: [Literal(document, argument.value).location])
                }
                return condition
            }
        }
        return nil
    }

    // MARK: Fields

    private func name(of node: Index<SelectionNode>) -> SchemaName {
        operation.names[document.selections[node.position].name.id]
    }

    /// Plans the field that the nodes of a group select together.
    private mutating func fieldPlan(
        _ group: Group, of parent: TypeID, _ id: FieldID
    ) throws(GraphQLError) -> FieldPlan.Storage {
        let schema = operation.schema
        let type = schema.facts.fields[id.position].type
        let kind = schema.facts.types[type.namedType.position].kind
        var selection: SelectionPlan?
        var possibleSelections: PossibleSelections?
        if kind.isComposite {
            let selectionSets = SelectionSets(
                first: document.selectionSet(of: group.node), others: group.others.map { document.selectionSet(of: $0) }
            )
            if kind == .object {
                selection = try selectionPlan(of: type.namedType, selectionSets)
            } else {
                possibleSelections = PossibleSelections(operation, selectionSets, depth: depth)
            }
        }
        return FieldPlan.Storage(
            resolver: id == schema.typenameField
                ? typenameResolver(schema[parent].name) : operation.bound.resolver(of: id),
            wrappers: type.wrappers,
            isNonNull: type.isNonNull,
            selectedFields: selection?.fields,
            index: try operation.nextFieldIndex(),
            responseName: document.name(document.selections[group.node.position].responseName),
            definition: id,
            namedType: type.namedType,
            selection: selection,
            possibleSelections: possibleSelections,
            arguments: argumentPlan(id, group.node),
            node: group.node,
            otherNodes: group.others
        )
    }

    private func argumentPlan(_ field: FieldID, _ node: Index<SelectionNode>) -> ArgumentPlan {
        if operation.schema.facts.fields[field.position].arguments.isEmpty { return .constant([]) }
        let arguments = document.selections[node.position].arguments
        let hasVariables = document[arguments].contains { argument in
            let end = document.values[argument.value.position].next
            return document.values[argument.value.position..<Int(end)].contains { $0.kind == .variable }
        }
        if hasVariables { return .perRequest }
        switch operation.coerceArgumentValues(field, node, variables: .none) {
        case .success(let values): return .constant(values)
        case .failure(let error): return .invalid(error)
        }
    }

    /// Spec: 4.1 Type Name Introspection
    private func typenameResolver(_ name: String) -> FieldResolver {
        unsafe FieldResolver { _, _, execution in
            execution.buffer.write(name)
            return .value
        }
    }
}

/// What the nodes of one field select together: a selection set for each.
struct SelectionSets: Hashable, Sendable {
    let first: NodeRange<SelectionNode>
    var others: [NodeRange<SelectionNode>] = []
}
