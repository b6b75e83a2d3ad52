import GraphQL

extension LintContext {
    /// Enum values are named in UPPER_CASE, as the specification recommends. Spec: 3.9 Enums
    mutating func enumValueCase() {
        for (coordinate, value) in enumValues { checkCase(value.name, .upper, .enumValueCase, coordinate) }
    }
}
