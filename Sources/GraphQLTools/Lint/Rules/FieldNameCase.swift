import GraphQL

extension LintContext {
    /// Fields and input fields are named in camelCase.
    mutating func fieldNameCase() {
        for (coordinate, field) in fields { checkCase(field.name, .camel, .fieldNameCase, coordinate) }
        for (coordinate, field) in inputFields { checkCase(field.name, .camel, .fieldNameCase, coordinate) }
    }
}
