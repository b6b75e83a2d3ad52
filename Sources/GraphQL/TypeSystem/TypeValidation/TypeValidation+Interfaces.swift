/// Spec: 3.6 Objects, IsValidImplementation()
extension TypeValidation {
    mutating func validateInterfaces(_ type: NamedType) {
        let implemented = members(of: type)
        let places = Dictionary(grouping: implemented, by: \.name).mapValues { $0.map(\.place) }
        var known: Set<String> = []
        let implementing = Implementing(type, fields: builder.parts.fields[type.fields])
        for (name, _) in implemented where !isFull {
            guard let interface = self.type(named: name) else { continue }
            let here = places[name] ?? []
            guard interface.kind == .interface else {
                report(
                    "Type \(type.name) must only implement Interface types, it cannot implement \(name).", at: here)
                continue
            }
            if interface.id == type.id {
                report(
                    "Type \(type.name) cannot implement itself because it would create a circular reference.", at: here)
            }
            guard known.insert(name).inserted else {
                report("Type \(type.name) can only implement \(name) once.", at: here)
                continue
            }
            validateAncestors(of: interface, in: implementing, here)
            validateImplementation(of: interface, in: implementing)
        }
    }

    /// A type must implement what its interfaces implement.
    private mutating func validateAncestors(
        of interface: NamedType, in implementing: Implementing, _ places: [SourcePlace]
    ) {
        let type = implementing.type
        guard !isIncomplete(type), interface.interfaces.contains(where: { !implementing.interfaces.contains($0) })
        else { return }
        let ancestors = Dictionary(grouping: members(of: interface), by: \.name).mapValues { $0.map(\.place) }
        for ancestor in interface.interfaces where !implementing.interfaces.contains(ancestor) {
            let name = types[ancestor.position].name
            report(
                ancestor == type.id
                    ? "Type \(type.name) cannot implement \(interface.name) because it would create a circular reference."
                    : "Type \(type.name) must implement \(name) because it is implemented by \(interface.name).",
                at: (ancestors[name] ?? []) + places)
        }
    }

    /// An object or interface type, as often as it is held against an interface.
    private struct Implementing {
        let type: NamedType
        let interfaces: Set<TypeID>
        let fields: [String: FieldDefinition]

        init(_ type: NamedType, fields: ArraySlice<FieldDefinition>) {
            self.type = type
            interfaces = Set(type.interfaces)
            self.fields = Dictionary(fields.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        }
    }

    private mutating func validateImplementation(of interface: NamedType, in implementing: Implementing) {
        let type = implementing.type
        for expected in builder.parts.fields[interface.fields] where !isFull {
            let source = builder.fieldNodes[expected.id.position]
            guard let field = implementing.fields[expected.name] else {
                if isIncomplete(type) { continue }
                report(
                    "Interface field \(interface.name).\(expected.name) expected but \(type.name) does not provide it.",
                    at: [SourcePlace(source.document, source.node.offset)] + places(of: type))
                continue
            }
            validateType(of: field, in: type, against: expected, of: interface)
            validateArguments(of: field, in: type, against: expected, of: interface)
            if field.deprecationReason != nil, expected.deprecationReason == nil {
                let own = builder.fieldNodes[field.id.position]
                report(
                    "Interface field \(interface.name).\(expected.name) is not deprecated, so implementation field "
                        + "\(type.name).\(field.name) must not be deprecated.",
                    at: SourcePlace(source.document, source.node.offset), SourcePlace(own.document, own.node.offset))
            }
        }
    }

    private mutating func validateType(
        of field: FieldDefinition, in type: NamedType, against expected: FieldDefinition, of interface: NamedType
    ) {
        guard !isSubtype(field.type, of: expected.type) else { return }
        if [field, expected].contains(where: { isIncomplete(types[$0.type.namedType.position]) }) { return }
        let places = [expected, field].map { field in
            let source = builder.fieldNodes[field.id.position]
            return SourcePlace(source.document, source.document[source.node.type].offset)
        }
        report(
            "Interface field \(interface.name).\(expected.name) expects type \(name(of: expected.type)) "
                + "but \(type.name).\(field.name) is type \(name(of: field.type)).",
            at: places)
    }

    private mutating func validateArguments(
        of field: FieldDefinition, in type: NamedType, against expected: FieldDefinition, of interface: NamedType
    ) {
        guard !expected.arguments.isEmpty || field.arguments.contains(where: \.isRequired) else { return }
        let (own, others) = (arguments(of: field), arguments(of: expected))
        let ownByName = Dictionary(own.map { ($0.definition.name, $0) }, uniquingKeysWith: { first, _ in first })
        let otherNames = Set(others.map(\.definition.name))
        let (fieldSource, expectedSource) = (
            builder.fieldNodes[field.id.position], builder.fieldNodes[expected.id.position]
        )
        for other in others {
            let coordinate = "\(interface.name).\(expected.name)(\(other.definition.name):)"
            guard let argument = ownByName[other.definition.name] else {
                if isIncomplete(type) { continue }
                report(
                    "Interface field argument \(coordinate) expected but \(type.name).\(field.name) "
                        + "does not provide it.",
                    at: other.place, SourcePlace(fieldSource.document, fieldSource.node.offset))
                continue
            }
            guard argument.definition.type != other.definition.type else { continue }
            report(
                "Interface field argument \(coordinate) expects type \(name(of: other.definition.type)) "
                    + "but \(type.name).\(field.name)(\(argument.definition.name):) "
                    + "is type \(name(of: argument.definition.type)).",
                at: other.typePlace, argument.typePlace)
        }
        for argument in own
        where !isIncomplete(interface) && argument.definition.isRequired
            && !otherNames.contains(argument.definition.name)
        {
            report(
                "Object field \(type.name).\(field.name) includes required argument \(argument.definition.name) "
                    + "that is missing from the Interface field \(interface.name).\(expected.name).",
                at: argument.place, SourcePlace(expectedSource.document, expectedSource.node.offset))
        }
    }

    /// Spec: 3.6 IsValidImplementationFieldType()
    private func isSubtype(_ type: TypeReference, of other: TypeReference) -> Bool {
        if type.isNonNull { return isSubtype(type.nullable, of: other.nullable) }
        if other.isNonNull { return false }
        if type.isList || other.isList {
            return type.isList && other.isList && isSubtype(type.item, of: other.item)
        }
        return type.namedType == other.namedType
            || supertypes[type.namedType.position].contains(other.namedType)
    }
}
