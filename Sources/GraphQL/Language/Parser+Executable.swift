// Operations, fragments and selection sets. Spec: 2.3 to 2.8
extension Parser {
    /// OperationDefinition :
    ///   - Description? OperationType Name? VariablesDefinition? Directives? SelectionSet
    ///   - SelectionSet
    mutating func parseOperation(
        _ operationType: OperationType,
        isShorthand: Bool,
        description: Index<ValueNode>?,
        offset: UInt32
    ) throws(SyntaxError) {
        var name = NameNode(id: .none, offset: offset)
        var variableDefinitions = NodeRange<VariableDefinitionNode>.empty
        var directives = NodeRange<DirectiveNode>.empty
        if !isShorthand {
            try skipName()
            if scanner.isNameStart(position) { name = try parseName() }
            variableDefinitions = try parseVariableDefinitions()
            directives = try parseDirectives(isConstant: false)
        }
        let selectionSetOffset = UInt32(position)
        let selectionSet = try parseSelectionSet()
        let operation = OperationDefinitionNode(
            operationType: operationType,
            name: name,
            description: description,
            variableDefinitions: variableDefinitions,
            directives: directives,
            selectionSet: selectionSet,
            offset: offset,
            selectionSetOffset: selectionSetOffset
        )
        nodes.append(.operation, nodes.operations.count, offset: offset)
        nodes.operations.append(operation)
    }

    /// FragmentDefinition : Description? `fragment` FragmentName TypeCondition Directives? SelectionSet
    mutating func parseFragmentDefinition(description: Index<ValueNode>?, offset: UInt32) throws(SyntaxError) {
        try skipName()
        // FragmentName : Name but not `on`
        guard peekKeyword() != .on else { throw unexpected() }
        let name = try parseName()
        try expect(.on)
        let typeCondition = try parseName()
        let directives = try parseDirectives(isConstant: false)
        let selectionSetOffset = UInt32(position)
        let selectionSet = try parseSelectionSet()
        let fragment = FragmentDefinitionNode(
            name: name,
            description: description,
            typeCondition: typeCondition,
            directives: directives,
            selectionSet: selectionSet,
            offset: offset,
            selectionSetOffset: selectionSetOffset
        )
        nodes.append(.fragment, nodes.fragments.count, offset: offset)
        nodes.fragments.append(fragment)
    }

    /// VariablesDefinition : ( VariableDefinition+ )
    private mutating func parseVariableDefinitions() throws(SyntaxError) -> NodeRange<VariableDefinitionNode> {
        let lower = UInt32(nodes.variableDefinitions.count)
        if try skip("(") {
            repeat {
                let variable = try parseVariableDefinition()
                nodes.variableDefinitions.append(variable)
            } while try !skip(")")
        }
        return NodeRange(lower, UInt32(nodes.variableDefinitions.count))
    }

    /// VariableDefinition : Description? Variable : Type DefaultValue? Directives[Const]?
    private mutating func parseVariableDefinition() throws(SyntaxError) -> VariableDefinitionNode {
        let offset = UInt32(position)
        let description = try parseDescription()
        let dollar = UInt32(position)
        try expect("$")
        let name = try parseName()
        try expect(":")
        let type = try parseType()
        let defaultValue = try parseDefaultValue()
        let directives = try parseDirectives(isConstant: true)
        return VariableDefinitionNode(
            name: NameNode(id: name.id, offset: dollar),
            description: description,
            type: type,
            defaultValue: defaultValue,
            directives: directives,
            offset: offset
        )
    }

    /// SelectionSet : { Selection+ }
    ///
    /// While a selection is open, its `next` holds the selection around it, so that the nodes are their own stack.
    private mutating func parseSelectionSet() throws(SyntaxError) -> NodeRange<SelectionNode> {
        let lower = UInt32(nodes.selections.count)
        let none = UInt32.max
        var open = none
        var depth = 1
        guard depth <= limits.maximumDepth else { throw tooDeep() }
        try expect("{")
        while true {
            let selection = UInt32(nodes.selections.count)
            let opens = try parseSelection(in: open)
            if opens {
                open = selection
                depth += 1
                guard depth <= limits.maximumDepth else { throw tooDeep() }
                try expect("{")
                continue
            }
            while try skip("}") {
                let end = UInt32(nodes.selections.count)
                guard open != none else { return NodeRange(lower, end) }
                let outer = nodes.selections[Int(open)].next
                nodes.selections[Int(open)].next = end
                open = outer
                depth -= 1
            }
        }
    }

    /// Reads a selection up to its selection set. If it has one, its `next` becomes `open`.
    ///
    /// Selection : Field | FragmentSpread | InlineFragment
    ///
    /// - Returns: whether a selection set follows.
    @inline(__always)
    private mutating func parseSelection(in open: UInt32) throws(SyntaxError) -> Bool {
        scanner[position] == UInt8(ascii: ".") && scanner.isSpread(position)
            ? try parseFragment(in: open) : try parseField(in: open)
    }

    /// Field : Alias? Name Arguments? Directives? SelectionSet?
    @inline(__always)
    private mutating func parseField(in open: UInt32) throws(SyntaxError) -> Bool {
        let responseName = try parseName()
        let name = try skip(":") ? try parseName() : responseName
        let arguments = try parseArguments(isConstant: false)
        let directives = try parseDirectives(isConstant: false)
        let hasSelectionSet = next("{")
        let field = SelectionNode(
            kind: .field,
            hasSelectionSet: hasSelectionSet,
            offset: responseName.offset,
            responseName: responseName.id,
            name: name,
            arguments: arguments,
            directives: directives,
            next: hasSelectionSet ? open : UInt32(nodes.selections.count + 1),
            selectionSetOffset: UInt32(position)
        )
        nodes.selections.append(field)
        return hasSelectionSet
    }

    /// FragmentSpread : ... FragmentName Directives?
    ///
    /// InlineFragment : ... TypeCondition? Directives? SelectionSet
    private mutating func parseFragment(in open: UInt32) throws(SyntaxError) -> Bool {
        let offset = UInt32(position)
        try advance(to: position + 3)
        // Names of fragments hardly ever begin so, and looking costs less than reading them twice.
        let hasTypeCondition = next("o") && scanner[position + 1] == UInt8(ascii: "n") ? try skip(.on) : false
        let hasName = hasTypeCondition || scanner.isNameStart(position)
        let isInline = hasTypeCondition || !hasName
        let name = hasName ? try parseName() : NameNode(id: .none, offset: offset)
        let directives = try parseDirectives(isConstant: false)
        let fragment = SelectionNode(
            kind: isInline ? .inlineFragment : .fragmentSpread,
            hasSelectionSet: isInline,
            offset: offset,
            responseName: .none,
            name: name,
            arguments: .empty,
            directives: directives,
            next: isInline ? open : UInt32(nodes.selections.count + 1),
            selectionSetOffset: UInt32(position)
        )
        nodes.selections.append(fragment)
        return isInline
    }
}
