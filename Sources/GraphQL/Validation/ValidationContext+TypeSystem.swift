// Type-system definitions have no place in a document that is executed. What is wrong with them besides is reported too,
// as graphql-js does, as far as the rules for executable documents speak of types and directives.
extension ValidationContext {
    mutating func visitSchemaDefinition(_ node: SchemaDefinitionNode) {
        visitDirectives(node.directives, .schema)
        for root in document[node.rootOperationTypes] { knownTypeNames(root.type) }
    }

    mutating func visitTypeDefinition(_ node: TypeDefinitionNode) {
        visitDirectives(node.directives, .definition(of: node.kind))
        for member in document[node.members] { knownTypeNames(member.name) }
        for field in document[node.fields] {
            visitInputValues(field.arguments, .argumentDefinition)
            knownTypeNames(field.type)
            visitDirectives(field.directives, .fieldDefinition)
        }
        visitInputValues(node.inputFields, .inputFieldDefinition)
        for value in document[node.enumValues] { visitDirectives(value.directives, .enumValue) }
    }

    mutating func visitDirectiveDefinition(_ node: DirectiveDefinitionNode) {
        visitInputValues(node.arguments, .argumentDefinition)
    }

    private mutating func visitInputValues(
        _ range: NodeRange<InputValueDefinitionNode>, _ location: DirectiveLocation
    ) {
        for value in document[range] {
            knownTypeNames(value.type)
            if let defaultValue = value.defaultValue { visitValue(defaultValue, InputPosition(type: nil)) }
            visitDirectives(value.directives, location)
        }
    }
}

extension DirectiveLocation {
    /// Where the directives of a type's definition stand.
    static func definition(of kind: TypeDefinitionNode.Kind) -> DirectiveLocation {
        switch kind {
        case .scalar: .scalar
        case .object: .object
        case .interface: .interface
        case .union: .union
        case .enum: .enum
        case .inputObject: .inputObject
        }
    }
}
