/// The values of an enum type, its extensions included, must have different names.
///
/// Spec: 3.9 Enums, Type Validation
extension SDLValidationContext {
    mutating func uniqueEnumValueNames() {
        var known: [String: [String: SourcePlace]] = [:]
        var existingNames: [String: Set<String>] = [:]
        for type in typeNodes where type.node.kind == .enum {
            let typeName = type.document.name(type.node.name.id)
            if let schema, existingNames[typeName] == nil {
                existingNames[typeName] = Set(schema.type(named: typeName)?.enumValues.map(\.name) ?? [])
            }
            for value in type.document[type.node.enumValues] {
                let name = type.document.name(value.name.id)
                let place = SourcePlace(type.document, value.name.offset)
                if existingNames[typeName]?.contains(name) ?? false {
                    report(
                        .uniqueEnumValueNames,
                        "Enum value \"\(typeName).\(name)\" already exists in the schema. "
                            + "It cannot also be defined in this type extension.",
                        at: place)
                } else if let first = known[typeName]?[name] {
                    report(
                        .uniqueEnumValueNames, "Enum value \"\(typeName).\(name)\" can only be defined once.",
                        at: first, place)
                } else {
                    known[typeName, default: [:]][name] = place
                }
            }
        }
    }
}
