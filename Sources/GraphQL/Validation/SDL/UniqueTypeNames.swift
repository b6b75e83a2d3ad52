/// No two types may have the same name.
///
/// Spec: 3.3 Schema, "all types within a GraphQL schema must have unique names"
extension SDLValidationContext {
    mutating func uniqueTypeNames() {
        var known: [String: SourcePlace] = [:]
        for type in typeNodes where !type.node.isExtension {
            let name = type.document.name(type.node.name.id)
            let place = SourcePlace(type.document, type.node.name.offset)
            if schema?.type(named: name) != nil {
                report(
                    .uniqueTypeNames,
                    "Type \"\(name)\" already exists in the schema. It cannot also be defined in this type definition.",
                    at: place)
            } else if let first = known[name] {
                report(.uniqueTypeNames, "There can be only one type named \"\(name)\".", at: first, place)
            } else {
                known[name] = place
            }
        }
    }
}
