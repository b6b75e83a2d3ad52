import GraphQL

extension LintContext {
    /// Enum values have descriptions.
    mutating func enumValueDescription() {
        for (coordinate, value) in enumValues {
            checkDescription(value.description, .enumValueDescription, coordinate)
        }
    }
}
