import GraphQL

extension LintContext {
    /// Types are named in PascalCase.
    mutating func typeNameCase() {
        for (coordinate, type) in types { checkCase(type.name, .pascal, .typeNameCase, coordinate) }
    }
}
