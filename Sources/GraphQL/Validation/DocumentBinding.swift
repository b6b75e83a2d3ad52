/// Which field definition and which parent type each selection of a document has: names resolved once.
///
/// Spec: 5.3 Fields, "the type of the selection set"
struct DocumentBinding {
    /// By selection: the definition of a field; nil for spreads and inline fragments, and where there is none.
    private(set) var definition: ContiguousArray<FieldID?>
    /// By selection: the composite type of the selection set around it; nil where that is unknown.
    private(set) var parentType: ContiguousArray<TypeID?>

    init(selectionCount: Int) {
        definition = ContiguousArray(repeating: nil, count: selectionCount)
        parentType = ContiguousArray(repeating: nil, count: selectionCount)
    }

    mutating func bind(_ selection: Index<SelectionNode>, in parent: TypeID?, to field: FieldID?) {
        parentType[selection.position] = parent
        definition[selection.position] = field
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
