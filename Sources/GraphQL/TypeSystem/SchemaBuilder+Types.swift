extension SchemaBuilder {
    mutating func makeType(_ collected: CollectedType, _ id: TypeID) -> NamedType {
        let (document, definition) = (collected.document, collected.definition)
        var type = NamedType(
            id: id,
            kind: definition.kind,
            name: document.name(definition.name.id),
            description: definition.description.map { document.string(of: $0) }
        )
        switch type.kind {
        case .scalar:
            for (document, node) in collected.nodes {
                if let url = string(of: "url", on: "specifiedBy", node.directives, document) {
                    type.specifiedByURL = url
                }
            }
        case .object, .interface:
            type.fields = makeFields(collected, id)
            type.interfaces = makeMembers(collected, of: .interface, "implement")
        case .union:
            type.possibleTypes = makeMembers(collected, of: .object, "include")
            if type.possibleTypes.isEmpty {
                report(
                    "Union type \(type.name) must define one or more member types.", document, definition.name.offset)
            }
        case .enum:
            type.enumValues = makeEnumValues(collected)
        case .inputObject:
            type.inputFields = makeInputFields(collected)
            type.isOneOf = collected.nodes.contains { document, node in
                node.directives.positions.contains { document.name(document.directives[$0].name.id) == "oneOf" }
            }
        }
        return type
    }

    mutating func makeFields(_ collected: CollectedType, _ parent: TypeID) -> Range<Int> {
        let start = parts.fields.count
        var names: Set<String> = []
        let typeName = collected.document.name(collected.definition.name.id)
        for (document, node) in collected.nodes {
            for field in document.fieldDefinitions[node.fields.positions] {
                let name = document.name(field.name.id)
                guard names.insert(name).inserted else {
                    report("Field \"\(typeName).\(name)\" can only be defined once.", document, field.name.offset)
                    continue
                }
                if parent != TypeID(.max) { checkName(name, document, field.name.offset) }
                guard let type = reference(field.type, document) else { continue }
                let named = self.collected[type.namedType.position].definition.kind
                if named == .inputObject {
                    report("The type of \(typeName).\(name) must be Output Type.", document, field.name.offset)
                }
                parts.fields.append(
                    FieldDefinition(
                        id: FieldID(UInt32(parts.fields.count)),
                        parentType: parent,
                        name: name,
                        description: field.description.map { document.string(of: $0) },
                        arguments: makeInputValues(field.arguments, document),
                        type: type,
                        deprecationReason: deprecationReason(field.directives, document)
                    ))
            }
        }
        if names.isEmpty {
            report(
                "Type \(typeName) must define one or more fields.", collected.document,
                collected.definition.name.offset)
        }
        return start..<parts.fields.count
    }

    private mutating func makeMembers(
        _ collected: CollectedType, of kind: NamedType.Kind, _ verb: String
    ) -> [TypeID] {
        var members: [TypeID] = []
        let typeName = collected.document.name(collected.definition.name.id)
        for (document, node) in collected.nodes {
            for member in document.nameReferences[node.members.positions] {
                let name = document.name(member.name.id)
                guard let id = typeIDs[name] else {
                    report("Unknown type \"\(name)\".", document, member.name.offset)
                    continue
                }
                if self.collected[id.position].definition.kind != kind {
                    let kindName = kind == .object ? "Object" : "Interface"
                    report(
                        "Type \(typeName) can only \(verb) \(kindName) types, it cannot \(verb) \(name).", document,
                        member.name.offset)
                } else if members.contains(id) {
                    report("Type \(typeName) can only \(verb) \(name) once.", document, member.name.offset)
                } else {
                    members.append(id)
                }
            }
        }
        return members
    }

    private mutating func makeEnumValues(_ collected: CollectedType) -> [EnumValueDefinition] {
        var values: [EnumValueDefinition] = []
        let typeName = collected.document.name(collected.definition.name.id)
        for (document, node) in collected.nodes {
            for value in document.enumValueDefinitions[node.enumValues.positions] {
                let name = document.name(value.name.id)
                if values.contains(where: { $0.name == name }) {
                    report("Enum value \"\(typeName).\(name)\" can only be defined once.", document, value.name.offset)
                }
                values.append(
                    EnumValueDefinition(
                        name: name,
                        description: value.description.map { document.string(of: $0) },
                        deprecationReason: deprecationReason(value.directives, document)
                    ))
            }
        }
        if values.isEmpty {
            report(
                "Enum type \(typeName) must define one or more values.", collected.document,
                collected.definition.name.offset)
        }
        return values
    }

    private mutating func makeInputFields(_ collected: CollectedType) -> [InputValueDefinition] {
        let fields = collected.nodes.flatMap { makeInputValues($0.node.inputFields, $0.document) }
        let typeName = collected.document.name(collected.definition.name.id)
        for (position, field) in fields.enumerated()
        where fields[..<position].contains(where: { $0.name == field.name }) {
            report(
                "Field \"\(typeName).\(field.name)\" can only be defined once.", collected.document,
                collected.definition.name.offset)
        }
        if fields.isEmpty {
            report(
                "Input Object type \(typeName) must define one or more fields.", collected.document,
                collected.definition.name.offset)
        }
        return fields
    }

    mutating func makeInputValues(
        _ range: NodeRange<InputValueDefinitionNode>, _ document: Document
    ) -> [InputValueDefinition] {
        var definitions: [InputValueDefinition] = []
        for node in document.inputValueDefinitions[range.positions] {
            let name = document.name(node.name.id)
            guard let type = reference(node.type, document) else { continue }
            switch collected[type.namedType.position].definition.kind {
            case .scalar, .enum, .inputObject: break
            case .object, .interface, .union:
                report("The type of \(name) must be Input Type.", document, node.name.offset)
            }
            definitions.append(
                InputValueDefinition(
                    name: name,
                    schemaName: SchemaName(parts.names.insert(name)),
                    description: node.description.map { document.string(of: $0) },
                    type: type,
                    defaultLiteral: node.defaultValue.map { Literal(document, $0) },
                    deprecationReason: deprecationReason(node.directives, document)
                ))
        }
        return definitions
    }

    /// The type that a type node names; nil, with an error reported, when there is none.
    private mutating func reference(_ index: Index<TypeNode>, _ document: Document) -> TypeReference? {
        var position = index.position
        var marks: [TypeNode.Kind] = []
        while document.types[position].kind != .named {
            marks.append(document.types[position].kind)
            position += 1
        }
        let node = document.types[position]
        guard let id = typeIDs[document.name(node.name)] else {
            report("Unknown type \"\(document.name(node.name))\".", document, node.offset)
            return nil
        }
        var wrappers: TypeWrappers? = TypeWrappers.none
        for mark in marks.reversed() { wrappers = mark == .list ? wrappers?.inList : wrappers?.inNonNull }
        guard let wrappers else {
            report("This type is wrapped in too many lists.", document, document.types[index.position].offset)
            return nil
        }
        return TypeReference(id, wrappers)
    }
}
