import GraphQL

extension LintContext {
    /// Arguments of fields and directives are named in camelCase.
    mutating func argumentNameCase() {
        for (coordinate, argument) in arguments { checkCase(argument.name, .camel, .argumentNameCase, coordinate) }
    }
}
