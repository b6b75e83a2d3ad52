import GraphQL

extension SchemaDiff {
    mutating func compareTypes() {
        for type in old.types where !type.isIntrospectionType {
            let coordinate = SchemaCoordinate.type(type.name)
            guard let successor = new.type(named: type.name) else {
                let standard = "Standard scalar \(type.name) was removed because it is not referenced anymore."
                report(.typeRemoved, coordinate, type.isSpecifiedScalar ? standard : "\(type.name) was removed.")
                continue
            }
            if type.isSpecifiedScalar { continue }
            compareDescriptions(type.description, successor.description, coordinate)
            guard type.kind == successor.kind else {
                report(
                    .typeChangedKind, coordinate,
                    "\(type.name) changed from \(type.kind.phrase) to \(successor.kind.phrase).")
                continue
            }
            compare(type, successor)
        }
        for type in new.types where !type.isSpecified && old.type(named: type.name) == nil {
            report(.typeAdded, .type(type.name), "\(type.name) was added.")
        }
    }

    /// Compares types of one kind.
    private mutating func compare(_ before: NamedType, _ after: NamedType) {
        switch before.kind {
        case .scalar: compareScalars(before, after)
        case .object, .interface:
            compareInterfaces(before, after)
            compareFields(before, after)
        case .union: compareMembers(before, after)
        case .enum: compareEnumValues(before, after)
        case .inputObject: compareInputObjects(before, after)
        }
    }

    private mutating func compareScalars(_ before: NamedType, _ after: NamedType) {
        guard before.specifiedByURL != after.specifiedByURL else { return }
        let text = after.specifiedByURL.map { "is specified by \(SchemaPrinter.quoted($0)) now" }
        report(
            .specifiedByURLChanged, .type(before.name), "\(before.name) \(text ?? "is no longer specified by a URL").")
    }

    private mutating func compareInterfaces(_ before: NamedType, _ after: NamedType) {
        let names = before.interfaces.map { old[$0].name }
        let newNames = after.interfaces.map { new[$0].name }
        for name in names where !newNames.contains(name) {
            report(
                .implementedInterfaceRemoved, .type(before.name),
                "\(before.name) no longer implements interface \(name).")
        }
        for name in newNames where !names.contains(name) {
            report(.implementedInterfaceAdded, .type(before.name), "\(before.name) implements interface \(name) now.")
        }
    }

    private mutating func compareMembers(_ before: NamedType, _ after: NamedType) {
        let names = before.possibleTypes.map { old[$0].name }
        let newNames = after.possibleTypes.map { new[$0].name }
        for name in names where !newNames.contains(name) {
            report(
                .typeRemovedFromUnion, .type(before.name), "\(name) was removed from union type \(before.name).")
        }
        for name in newNames where !names.contains(name) {
            report(.typeAddedToUnion, .type(before.name), "\(name) was added to union type \(before.name).")
        }
    }

    private mutating func compareEnumValues(_ before: NamedType, _ after: NamedType) {
        for value in before.enumValues {
            let coordinate = SchemaCoordinate.member(type: before.name, name: value.name)
            guard let successor = after.enumValues.first(where: { $0.name == value.name }) else {
                report(.valueRemovedFromEnum, coordinate, "\(coordinate) was removed.")
                continue
            }
            compareDescriptions(value.description, successor.description, coordinate)
            compareDeprecations(value.deprecationReason, successor.deprecationReason, coordinate)
        }
        for value in after.enumValues where !before.enumValues.contains(where: { $0.name == value.name }) {
            let coordinate = SchemaCoordinate.member(type: before.name, name: value.name)
            report(.valueAddedToEnum, coordinate, "\(coordinate) was added.")
        }
    }

    private mutating func compareInputObjects(_ before: NamedType, _ after: NamedType) {
        if !before.isOneOf, after.isOneOf {
            report(.oneOfAdded, .type(before.name), "\(before.name) demands exactly one of its fields now.")
        } else if before.isOneOf, !after.isOneOf {
            report(.oneOfRemoved, .type(before.name), "\(before.name) no longer demands exactly one of its fields.")
        }
        compareInputValues(before.inputFields, after.inputFields, .inputField) { field in
            .member(type: before.name, name: field)
        }
    }
}

extension NamedType.Kind {
    /// With an article, for a sentence.
    fileprivate var phrase: String {
        switch self {
        case .scalar: "a Scalar type"
        case .object: "an Object type"
        case .interface: "an Interface type"
        case .union: "a Union type"
        case .enum: "an Enum type"
        case .inputObject: "an Input type"
        }
    }
}
