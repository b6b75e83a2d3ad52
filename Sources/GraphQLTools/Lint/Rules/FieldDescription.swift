import GraphQL

extension LintContext {
    /// Fields and input fields have descriptions.
    mutating func fieldDescription() {
        for (coordinate, field) in fields { checkDescription(field.description, .fieldDescription, coordinate) }
        for (coordinate, field) in inputFields { checkDescription(field.description, .fieldDescription, coordinate) }
    }
}
