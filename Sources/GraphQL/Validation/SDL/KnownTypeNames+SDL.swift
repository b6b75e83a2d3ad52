/// Every type that a definition names must be defined.
///
/// Spec: 3.4.1 Wrapping Types, Type Validation of each kind
extension SDLValidationContext {
    mutating func knownTypeNames() {
        let known = BuiltInDefinitions.typeNames + (schema?.types.map(\.name) ?? []) + definedTypes.keys
        let typeNames = Array(Set(known))
        for document in documents {
            for definition in document.definitions {
                let index = Int(definition.index)
                switch definition.kind {
                case .operation, .fragment: continue
                case .schema:
                    for root in document[document.schemaDefinitions[index].rootOperationTypes] {
                        checkTypeName(root.type, document, typeNames)
                    }
                case .directive: checkTypeNames(of: document.directiveDefinitions[index].arguments, document, typeNames)
                case .type:
                    let type = document.typeDefinitions[index]
                    for member in document[type.members] { checkTypeName(member.name, document, typeNames) }
                    for field in document[type.fields] {
                        checkTypeNames(of: field.arguments, document, typeNames)
                        checkTypeName(document.namedType(field.type), document, typeNames)
                    }
                    checkTypeNames(of: type.inputFields, document, typeNames)
                }
            }
        }
    }

    private mutating func checkTypeNames(
        of inputs: NodeRange<InputValueDefinitionNode>, _ document: Document, _ typeNames: [String]
    ) {
        for input in document[inputs] { checkTypeName(document.namedType(input.type), document, typeNames) }
    }

    private mutating func checkTypeName(_ node: NameNode, _ document: Document, _ typeNames: [String]) {
        let name = document.name(node.id)
        let isKnown =
            definedTypes[name] != nil || schema?.type(named: name) != nil || BuiltInDefinitions.typeNames.contains(name)
        guard !isKnown, wants(.knownTypeNames) else { return }
        let hint = suggestion(for: name, among: typeNames)
        report(.knownTypeNames, "Unknown type \"\(name)\".\(hint)", at: SourcePlace(document, node.offset))
    }
}

extension Document {
    /// The name inside all lists and non-null marks.
    func namedType(_ type: Index<TypeNode>) -> NameNode {
        var position = type.position
        while types[position].kind != .named { position += 1 }
        return NameNode(id: types[position].name, offset: types[position].offset)
    }
}
