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
            type.interfaces = makeMembers(collected)
        case .union:
            type.possibleTypes = makeMembers(collected)
        case .enum:
            type.enumValues = makeEnumValues(collected)
            type.indexMembers()
        case .inputObject:
            type.inputFields = makeInputFields(collected)
            type.indexMembers()
            type.isOneOf = document[definition.directives].contains { document.name($0.name.id) == "oneOf" }
        }
        return type
    }

    mutating func makeFields(_ collected: CollectedType, _ parent: TypeID) -> Range<Int> {
        let start = parts.fields.count
        let parentName = collected.name
        var names: Set<String> = []
        for (document, node) in collected.nodes {
            for field in document.fieldDefinitions[node.fields.positions] {
                let name = document.name(field.name.id)
                guard names.insert(name).inserted, let type = reference(field.type, document) else {
                    leaveOut(of: parentName)
                    continue
                }
                fieldNodes.append(SourceNode(document, field))
                if let hints = costHints(field, document) {
                    parts.costHints[FieldID(UInt32(parts.fields.count))] = hints
                }
                parts.fields.append(
                    FieldDefinition(
                        id: FieldID(UInt32(parts.fields.count)),
                        parentType: parent,
                        name: name,
                        description: field.description.map { document.string(of: $0) },
                        arguments: makeInputValues(field.arguments, document, of: parentName),
                        type: type,
                        deprecationReason: deprecationReason(field.directives, document)
                    ))
            }
        }
        return start..<parts.fields.count
    }

    /// The types that a type's definition and extensions list. `TypeValidation` finds those that may not be there.
    private func makeMembers(_ collected: CollectedType) -> [TypeID] {
        collected.nodes.flatMap { document, node in
            document[node.members].compactMap { typeIDs[document.name($0.name.id)] }
        }
    }

    private mutating func makeEnumValues(_ collected: CollectedType) -> [EnumValueDefinition] {
        var values: [EnumValueDefinition] = []
        var names: Set<String> = []
        for (document, node) in collected.nodes {
            for value in document.enumValueDefinitions[node.enumValues.positions] {
                let name = document.name(value.name.id)
                guard names.insert(name).inserted else {
                    leaveOut(of: collected.name)
                    continue
                }
                values.append(
                    EnumValueDefinition(
                        name: name,
                        description: value.description.map { document.string(of: $0) },
                        deprecationReason: deprecationReason(value.directives, document)
                    ))
            }
        }
        return values
    }

    private mutating func makeInputFields(_ collected: CollectedType) -> [InputValueDefinition] {
        var names: Set<String> = []
        let fields = collected.nodes.flatMap { makeInputValues($0.node.inputFields, $0.document, of: collected.name) }
        return fields.filter { names.insert($0.name).inserted }
    }

    /// The fields of an input object, or the arguments of a directive or of a field of `type`.
    mutating func makeInputValues(
        _ range: NodeRange<InputValueDefinitionNode>, _ document: Document, of type: String? = nil
    ) -> [InputValueDefinition] {
        var definitions: [InputValueDefinition] = []
        var names: Set<String> = []
        for node in document.inputValueDefinitions[range.positions] {
            let name = document.name(node.name.id)
            guard names.insert(name).inserted, let reference = reference(node.type, document) else {
                if let type { leaveOut(of: type) }
                continue
            }
            definitions.append(
                InputValueDefinition(
                    name: name,
                    schemaName: SchemaName(parts.names.insert(name)),
                    description: node.description.map { document.string(of: $0) },
                    type: reference,
                    defaultLiteral: node.defaultValue.map { Literal(document, $0) },
                    deprecationReason: deprecationReason(node.directives, document)
                ))
        }
        return definitions
    }

    /// The type that a type node names; nil when there is none.
    private mutating func reference(_ index: Index<TypeNode>, _ document: Document) -> TypeReference? {
        var position = index.position
        var marks: [TypeNode.Kind] = []
        while document.types[position].kind != .named {
            marks.append(document.types[position].kind)
            position += 1
        }
        guard let id = typeIDs[document.name(document.types[position].name)] else { return nil }
        var wrappers: TypeWrappers? = TypeWrappers.none
        for mark in marks.reversed() { wrappers = mark == .list ? wrappers?.inList : wrappers?.inNonNull }
        guard let wrappers else {
            report("This type is wrapped in too many lists.", document, document.types[index.position].offset)
            return nil
        }
        return TypeReference(id, wrappers)
    }
}
