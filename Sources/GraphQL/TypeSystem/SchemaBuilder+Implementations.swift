extension SchemaBuilder {
    /// Spec: 3.6 Objects, IsValidImplementation()
    mutating func checkImplementations() {
        for type in parts.types {
            for interface in type.interfaces {
                for missing in parts.types[interface.position].interfaces where !type.interfaces.contains(missing) {
                    let name = parts.types[missing.position].name
                    errors.append(
                        GraphQLError(
                            "Type \(type.name) must implement \(name) because it is implemented by "
                                + "\(parts.types[interface.position].name)."))
                }
                for expected in parts.fields[parts.types[interface.position].fields] {
                    let interfaceName = parts.types[interface.position].name
                    guard let field = parts.fields[type.fields].first(where: { $0.name == expected.name }) else {
                        errors.append(
                            GraphQLError(
                                "Interface field \(interfaceName).\(expected.name) expected but \(type.name) does not "
                                    + "provide it."))
                        continue
                    }
                    checkImplementation(of: expected, in: interfaceName, by: field, in: type.name)
                }
            }
        }
    }

    private mutating func checkImplementation(
        of expected: FieldDefinition, in interface: String, by field: FieldDefinition, in type: String
    ) {
        if !isSubtype(field.type, of: expected.type) {
            errors.append(
                GraphQLError(
                    "Interface field \(interface).\(expected.name) and \(type).\(field.name) have types that don't "
                        + "agree."))
        }
        for argument in expected.arguments
        where !field.arguments.contains(where: { $0.name == argument.name && $0.type == argument.type }) {
            errors.append(
                GraphQLError(
                    "Interface field argument \(interface).\(expected.name)(\(argument.name):) expected but "
                        + "\(type).\(field.name) does not provide it."))
        }
        for argument in field.arguments
        where argument.isRequired && !expected.arguments.contains(where: { $0.name == argument.name }) {
            errors.append(
                GraphQLError(
                    "Argument \"\(type).\(field.name)(\(argument.name):)\" must not be required type if not provided "
                        + "by the Interface field \"\(interface).\(expected.name)\"."))
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
            || parts.types[type.namedType.position].interfaces.contains(other.namedType)
            || parts.types[other.namedType.position].possibleTypes.contains(type.namedType)
    }
}
