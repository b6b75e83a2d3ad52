/// What a schema coordinate names in a schema.
///
/// Spec: 3.14 Schema Coordinates, Schema Element
package enum SchemaElement: Sendable {
    case namedType(NamedType)
    case field(NamedType, FieldDefinition)
    case inputField(NamedType, InputValueDefinition)
    case enumValue(NamedType, EnumValueDefinition)
    case fieldArgument(NamedType, FieldDefinition, InputValueDefinition)
    case directive(DirectiveDefinition)
    case directiveArgument(DirectiveDefinition, InputValueDefinition)
}

extension Schema {
    /// The element that a coordinate names; nil when everything around it is there but itself.
    ///
    /// Meta-fields, such as `__typename`, are no elements of a schema.
    ///
    /// - Throws: what contains the element doesn't exist, or can't contain such an element.
    ///
    /// Spec: 3.14 Schema Coordinates, Semantics
    package func resolve(_ coordinate: SchemaCoordinate) throws(GraphQLError) -> SchemaElement? {
        switch coordinate {
        case .type(let name):
            return type(named: name).map { .namedType($0) }
        case .member(let typeName, let name):
            return try member(name, of: typeName)
        case .argument(let typeName, let fieldName, let name):
            return try argument(name, of: fieldName, of: typeName)
        case .directive(let name):
            return directive(named: name).map { .directive($0) }
        case .directiveArgument(let directiveName, let name):
            guard let directive = directive(named: directiveName) else {
                throw GraphQLError("Expected \"\(directiveName)\" to be defined as a directive in the schema.")
            }
            return directive.arguments.first { $0.name == name }.map { .directiveArgument(directive, $0) }
        }
    }

    /// Whether the coordinate names an element of this schema.
    package func contains(_ coordinate: SchemaCoordinate) -> Bool {
        do throws(GraphQLError) { return try resolve(coordinate) != nil } catch { return false }
    }

    private func member(_ name: String, of typeName: String) throws(GraphQLError) -> SchemaElement? {
        let type = try definedType(typeName)
        switch type.kind {
        case .enum:
            return type.enumValues.first { $0.name == name }.map { .enumValue(type, $0) }
        case .inputObject:
            return type.inputFields.first { $0.name == name }.map { .inputField(type, $0) }
        case .object, .interface:
            return fields[type.fields].first { $0.name == name }.map { .field(type, $0) }
        case .scalar, .union:
            throw GraphQLError("Expected \"\(typeName)\" to be an Enum, Input Object, Object or Interface type.")
        }
    }

    private func argument(
        _ name: String, of fieldName: String, of typeName: String
    ) throws(GraphQLError) -> SchemaElement? {
        let type = try definedType(typeName)
        guard type.kind == .object || type.kind == .interface else {
            throw GraphQLError("Expected \"\(typeName)\" to be an object type or interface type.")
        }
        guard let field = fields[type.fields].first(where: { $0.name == fieldName }) else {
            throw GraphQLError("Expected \"\(fieldName)\" to exist as a field of type \"\(typeName)\" in the schema.")
        }
        return field.arguments.first { $0.name == name }.map { .fieldArgument(type, field, $0) }
    }

    private func definedType(_ name: String) throws(GraphQLError) -> NamedType {
        guard let type = type(named: name) else {
            throw GraphQLError("Expected \"\(name)\" to be defined as a type in the schema.")
        }
        return type
    }
}
