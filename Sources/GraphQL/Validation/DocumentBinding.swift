/// Which field definition and which parent type each selection of a document has: names resolved once.
///
/// Spec: 5.3 Fields, "the type of the selection set"
struct DocumentBinding: Sendable {
    private struct Entry {
        var definition: FieldID?
        var parentType: TypeID?
    }

    /// By selection.
    private var entries: ContiguousArray<Entry>

    init(selectionCount: Int) {
        entries = ContiguousArray(filledWith: Entry(), count: selectionCount)
    }

    /// The definition of a field; nil for spreads and inline fragments, and where there is none.
    func definition(of selection: Index<SelectionNode>) -> FieldID? { entries[selection.position].definition }

    /// The composite type of the selection set around a selection; nil where that is unknown.
    func parentType(of selection: Index<SelectionNode>) -> TypeID? { entries[selection.position].parentType }

    mutating func bind(_ selection: Index<SelectionNode>, in parent: TypeID?, to field: FieldID?) {
        entries[selection.position] = Entry(definition: field, parentType: parent)
    }
}

/// What a definition uses, as ranges of the arrays in `ValidationContext`.
struct DefinitionUsages {
    var spreads: Range<Int> = 0..<0
    var variables: Range<Int> = 0..<0
}

/// A variable where it is used.
struct VariableUsage {
    let value: Index<ValueNode>
    /// What is expected there; nil where that is unknown.
    let type: TypeReference?
    /// Whether the argument or input field has a default value.
    let hasDefaultValue: Bool
    /// The object literal of a `@oneOf` type whose only field the variable gives, and that type.
    let oneOf: OneOfUsage?

    struct OneOfUsage {
        let object: Index<ValueNode>
        let type: TypeID
    }
}
