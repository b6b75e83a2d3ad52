/// No two directives may have the same name.
///
/// Spec: 3.3 Schema, "all directives within a GraphQL schema must have unique names"
extension SDLValidationContext {
    mutating func uniqueDirectiveNames() {
        var known: [String: SourcePlace] = [:]
        let existing = Set(schema?.directives.map(\.name) ?? [])
        for directive in directiveNodes {
            let name = directive.document.name(directive.node.name.id)
            let place = SourcePlace(directive.document, directive.node.name.offset)
            if existing.contains(name) {
                report(
                    .uniqueDirectiveNames,
                    "Directive \"@\(name)\" already exists in the schema. It cannot be redefined.", at: place)
            } else if let first = known[name] {
                report(.uniqueDirectiveNames, "There can be only one directive named \"@\(name)\".", at: first, place)
            } else {
                known[name] = place
            }
        }
    }
}
