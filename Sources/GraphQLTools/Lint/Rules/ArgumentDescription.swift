import GraphQL

extension LintContext {
    /// Arguments of fields and directives have descriptions.
    mutating func argumentDescription() {
        for (coordinate, argument) in arguments {
            checkDescription(argument.description, .argumentDescription, coordinate)
        }
    }
}
