import GraphQL

extension LintContext {
    /// Types and directives have descriptions. Those of root types would say what the operation's name says.
    mutating func typeDescription() {
        let roots = [schema.queryType, schema.mutationType, schema.subscriptionType]
        for (coordinate, type) in types where !roots.contains(type.id) {
            checkDescription(type.description, .typeDescription, coordinate)
        }
        for (coordinate, directive) in directives {
            checkDescription(directive.description, .typeDescription, coordinate)
        }
    }
}
