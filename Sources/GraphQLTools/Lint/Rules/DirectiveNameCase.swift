import GraphQL

extension LintContext {
    /// Directives are named in camelCase.
    mutating func directiveNameCase() {
        for (coordinate, directive) in directives { checkCase(directive.name, .camel, .directiveNameCase, coordinate) }
    }
}
