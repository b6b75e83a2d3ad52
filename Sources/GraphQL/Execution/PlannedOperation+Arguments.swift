extension PlannedOperation {
    /// The values of a field's arguments, by the position of their definitions; nil for one that has none.
    ///
    /// Spec: 6.4.1 CoerceArgumentValues()
    func coerceArgumentValues(
        _ field: FieldID, _ selection: Index<SelectionNode>, variables: VariableValues
    ) -> Result<[Value?], GraphQLError> {
        let coercion = InputCoercion(types: schema.types, scalars: bound.scalars)
        let nodes = document[document.selections[selection.position].arguments]
        var values: [Value?] = []
        for definition in schema[field].arguments {
            let node = nodes.first { names[$0.name.id] == definition.schemaName }
            let given = node.map { Literal(document, $0.value) }
            switch coercion.coerceArgument(definition, given, variables: variables) {
            case .success(let value): values.append(value)
            case .failure(let error): return .failure(error)
            }
        }
        return .success(values)
    }
}

extension InputCoercion {
    /// The value of one argument; nil when it was not provided and has no default.
    ///
    /// An error has the place of the value, if one is written.
    func coerceArgument(
        _ definition: InputValueDefinition, _ given: Literal?, variables: VariableValues
    ) -> Result<Value?, GraphQLError> {
        let variable = given.flatMap { given -> NameID? in
            let node = given.document.values[given.value.position]
            return node.kind == .variable ? node.name : nil
        }
        let isMissing = given == nil || variable.map { variables[$0] == nil } ?? false
        guard let given, !isMissing else {
            if let defaultValue = definition.defaultValue { return .success(defaultValue) }
            guard definition.type.isNonNull else { return .success(nil) }
            let type = name(of: definition.type)
            let start = "Argument \"\(definition.name)\" of required type \"\(type)\""
            guard let given, let variable else { return .failure(GraphQLError("\(start) was not provided.")) }
            let name = given.document.name(variable)
            return .failure(
                GraphQLError(
                    "\(start) was provided the variable \"$\(name)\" which was not provided a runtime value.",
                    locations: [given.location]))
        }
        let isNull =
            given.document.values[given.value.position].kind == .null
            || variable.map { variables[$0] == .null } ?? false
        if isNull, definition.type.isNonNull {
            let type = name(of: definition.type)
            return .failure(
                GraphQLError(
                    "Argument \"\(definition.name)\" of non-null type \"\(type)\" must not be null.",
                    locations: [given.location]))
        }
        guard let value = coerceLiteral(given, to: definition.type, variables: variables) else {
            let text = given.document.text(of: given.value)
            return .failure(
                GraphQLError(
                    "Argument \"\(definition.name)\" has invalid value \(text).", locations: [given.location]))
        }
        return .success(value)
    }
}
