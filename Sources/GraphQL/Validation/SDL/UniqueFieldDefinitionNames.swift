/// The fields of an object, interface or input object type, its extensions included, must have different names.
///
/// Spec: 3.6 Objects, 3.7 Interfaces, 3.10 Input Objects, Type Validation
extension SDLValidationContext {
    mutating func uniqueFieldDefinitionNames() {
        var known: [String: [String: SourcePlace]] = [:]
        var existingNames: [String: Set<String>] = [:]
        for type in typeNodes {
            let document = type.document
            let typeName = document.name(type.node.name.id)
            if schema != nil, existingNames[typeName] == nil { existingNames[typeName] = existingFieldNames(typeName) }
            let names = document[type.node.fields].map(\.name) + document[type.node.inputFields].map(\.name)
            for node in names {
                let name = document.name(node.id)
                let place = SourcePlace(document, node.offset)
                if existingNames[typeName]?.contains(name) ?? false {
                    report(
                        .uniqueFieldDefinitionNames,
                        "Field \"\(typeName).\(name)\" already exists in the schema. "
                            + "It cannot also be defined in this type extension.",
                        at: place)
                } else if let first = known[typeName]?[name] {
                    report(
                        .uniqueFieldDefinitionNames, "Field \"\(typeName).\(name)\" can only be defined once.",
                        at: first, place)
                } else {
                    known[typeName, default: [:]][name] = place
                }
            }
        }
    }

    private func existingFieldNames(_ typeName: String) -> Set<String> {
        guard let schema, let type = schema.type(named: typeName) else { return [] }
        return Set(schema.fields[type.fields].map(\.name) + type.inputFields.map(\.name))
    }
}
