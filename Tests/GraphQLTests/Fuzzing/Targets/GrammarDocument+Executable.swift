// Spec: 2.3 to 2.10
extension GrammarDocument {
    /// OperationDefinition :
    ///   - Description? OperationType Name? VariablesDefinition? Directives? SelectionSet
    ///   - SelectionSet
    mutating func operation() {
        if entropy.isOne(in: 3) {
            // Braces behind a type without fields would be its own.
            let mayBegin = tokens.isEmpty || tokens.last?.text == "}"
            if !mayBegin || maybe() { write("query") }
            return selectionSet(depth: 3)
        }
        description()
        write(entropy.element(of: ["query", "query", "mutation", "subscription"]))
        optional { $0.name() }
        optional { document in
            document.write("(")
            document.some { $0.variableDefinition() }
            document.write(")")
        }
        directives(isConstant: false)
        selectionSet(depth: 4)
    }

    /// FragmentDefinition : Description? `fragment` FragmentName TypeCondition Directives? SelectionSet
    mutating func fragment() {
        description()
        write("fragment")
        name(except: ["on"])
        write("on")
        name()
        directives(isConstant: false)
        selectionSet(depth: 3)
    }

    /// VariableDefinition : Description? Variable : Type DefaultValue? Directives[Const]?
    private mutating func variableDefinition() {
        description()
        write("$")
        name()
        write(":")
        type()
        defaultValue()
        directives(isConstant: true)
    }

    private mutating func selectionSet(depth: Int) {
        write("{")
        some { $0.selection(depth: depth) }
        write("}")
    }

    /// Selection : Field | FragmentSpread | InlineFragment
    private mutating func selection(depth: Int) {
        switch entropy.number(below: 6) {
        case 0:
            write("...")
            name(except: ["on"])
            directives(isConstant: false)
        case 1 where depth > 0:
            write("...")
            optional { document in
                document.write("on")
                document.name()
            }
            directives(isConstant: false)
            selectionSet(depth: depth - 1)
        default:
            alias()
            arguments(isConstant: false)
            directives(isConstant: false)
            if depth > 0, entropy.isOne(in: 3) { selectionSet(depth: depth - 1) }
        }
    }

    /// Alias? Name, where an alias that says the same as the name means nothing.
    private mutating func alias() {
        name()
        guard entropy.isOne(in: 3), let alias = tokens.last else { return }
        write(":")
        name()
        guard tokens.last == alias else { return }
        replaceToken(at: tokens.count - 3, with: GrammarToken(optional: alias.text))
        replaceToken(at: tokens.count - 2, with: GrammarToken(optional: ":"))
    }
}
