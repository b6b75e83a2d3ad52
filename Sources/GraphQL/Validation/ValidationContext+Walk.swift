// The walk through the executable definitions: binds each node to the schema and calls the rules about it.
extension ValidationContext {
    mutating func visitOperation(_ position: Int) {
        let operation = document.operations[position]
        knownOperationTypes(operation)
        for index in operation.variableDefinitions.positions { visitVariableDefinition(Index(index)) }
        uniqueVariableNames(operation)
        let start = usageStart()
        visitDirectives(operation.directives, .operation(operation.operationType))
        visitSelections(operation.selectionSet, of: schema.rootType(for: operation.operationType))
        operationUsages[position] = usages(since: start)
    }

    mutating func visitFragmentDefinition(_ position: Int) {
        let fragment = document.fragments[position]
        let start = usageStart()
        knownTypeNames(fragment.typeCondition)
        fragmentsOnCompositeTypes(fragment)
        visitDirectives(fragment.directives, .fragmentDefinition)
        visitSelections(fragment.selectionSet, of: compositeType(named: fragment.typeCondition.id))
        fragmentUsages[position] = usages(since: start)
    }

    private mutating func visitVariableDefinition(_ index: Index<VariableDefinitionNode>) {
        let definition = document[index]
        let type = type(definition.type)
        variableTypes.append(type)
        knownTypeNames(definition.type)
        variablesAreInputTypes(definition, type)
        if let defaultValue = definition.defaultValue {
            let isInput = type.map { facts.types[$0.namedType.position].isInputType } ?? false
            visitValue(defaultValue, InputPosition(type: isInput ? type : nil))
        }
        visitDirectives(definition.directives, .variableDefinition)
    }

    /// The selections of a definition and everything in them.
    private mutating func visitSelections(_ range: NodeRange<SelectionNode>, of type: TypeID?) {
        let selections = document.selections
        /// The selections that are not closed yet: where they end, and the type around them.
        var open: [(end: UInt32, parentType: TypeID?)] = []
        var parentType = type
        for position in range.positions {
            while let last = open.last, last.end == position {
                parentType = last.parentType
                open.removeLast()
            }
            let node = selections[position]
            let index = Index<SelectionNode>(position)
            var innerType: TypeID?
            switch node.kind {
            case .field:
                innerType = visitField(index, node, in: parentType)
            case .fragmentSpread:
                visitFragmentSpread(index, node, in: parentType)
            case .inlineFragment:
                innerType = visitInlineFragment(index, node, in: parentType)
            }
            if node.hasSelectionSet {
                open.append((node.next, parentType))
                parentType = innerType
            }
        }
    }

    /// - Returns: the composite type of the field, if it has one.
    private mutating func visitField(
        _ index: Index<SelectionNode>, _ node: SelectionNode, in parentType: TypeID?
    ) -> TypeID? {
        let definition = parentType.flatMap { schema.field(of: $0, named: names[node.name.id]) }
        binding.bind(index, in: parentType, to: definition)
        if !node.arguments.isEmpty { uniqueArgumentNames(node.arguments) }
        guard let parentType, let definition else {
            if let parentType { fieldsOnCorrectType(node, parentType) }
            visitArguments(node.arguments, nil)
            visitDirectives(node.directives, .field)
            return nil
        }
        if definition == schema.schemaField || definition == schema.typeField { introspectionFields.append(index) }
        let field = facts.fields[definition.position]
        scalarLeafs(node, field.type, isComposite: field.isComposite)
        if !node.arguments.isEmpty {
            knownArgumentNames(node, definition, field.arguments, parentType)
            visitArguments(node.arguments, field.arguments)
        }
        if field.hasRequiredArguments { providedRequiredArguments(node, definition, field.arguments) }
        visitDirectives(node.directives, .field)
        return field.isComposite ? field.type.namedType : nil
    }

    private mutating func visitFragmentSpread(
        _ index: Index<SelectionNode>, _ node: SelectionNode, in parentType: TypeID?
    ) {
        binding.bind(index, in: parentType, to: nil)
        spreads.append(index)
        knownFragmentNames(node)
        possibleFragmentSpreads(spread: node, in: parentType)
        visitDirectives(node.directives, .fragmentSpread)
    }

    /// - Returns: the composite type that the fragment is on, if it is one.
    private mutating func visitInlineFragment(
        _ index: Index<SelectionNode>, _ node: SelectionNode, in parentType: TypeID?
    ) -> TypeID? {
        binding.bind(index, in: parentType, to: nil)
        visitDirectives(node.directives, .inlineFragment)
        guard node.name.id != .none else { return parentType }
        knownTypeNames(node.name)
        fragmentsOnCompositeTypes(node)
        let type = compositeType(named: node.name.id)
        possibleFragmentSpreads(inlineFragment: node, on: type, in: parentType)
        return type
    }

    mutating func visitDirectives(_ range: NodeRange<DirectiveNode>, _ location: DirectiveLocation) {
        guard !range.isEmpty else { return }
        for position in range.positions {
            let node = document.directives[position]
            let definition = schema.directive(named: names[node.name.id])
            knownDirectives(node, definition, location)
            uniqueArgumentNames(node.arguments)
            if let definition {
                let arguments = facts.directives[definition].arguments
                knownArgumentNames(node, ofDirective: definition, arguments)
                visitArguments(node.arguments, arguments)
                providedRequiredArguments(node, ofDirective: definition, arguments)
            } else {
                visitArguments(node.arguments, nil)
            }
        }
        uniqueDirectivesPerLocation(range)
    }

    /// Visits arguments by the definitions of those that are allowed here, nil where nothing is known about them.
    private mutating func visitArguments(
        _ range: NodeRange<ArgumentNode>, _ definitions: PositionRange?
    ) {
        for position in range.positions {
            let argument = document.arguments[position]
            let definition = definitions.flatMap { facts.input(named: names[argument.name.id], in: $0) }
            visitValue(argument.value, InputPosition(definition))
        }
    }

    // MARK: Usages

    private func usageStart() -> (spreads: Int, variables: Int) {
        (spreads.count, variableUsages.count)
    }

    private func usages(since start: (spreads: Int, variables: Int)) -> DefinitionUsages {
        DefinitionUsages(
            spreads: start.spreads..<spreads.count, variables: start.variables..<variableUsages.count)
    }
}

extension DirectiveLocation {
    /// Where the directives of an operation stand.
    static func operation(_ type: OperationType) -> DirectiveLocation {
        switch type {
        case .query: .query
        case .mutation: .mutation
        case .subscription: .subscription
        }
    }
}
