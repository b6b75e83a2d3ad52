extension SchemaParts {
    /// Coerces each default value to its type, as `scalars` accept it. One that the type doesn't accept is none.
    ///
    /// The defaults of an input object's fields come before those of whoever holds the object, since a literal may leave
    /// such a field out. Values that take each other in, and those that are too deep by what they take in, are none.
    mutating func coerceDefaultValues(_ scalars: ContiguousArray<Scalar>) {
        let graph = DefaultValueGraph(types)
        for position in types.indices { types[position].inputFields.forgetDefaultValues() }
        let (order, tooDeep) = graph.sorted()
        for field in tooDeep.map({ graph.fields[$0] }) {
            types[field.type.position].inputFields[field.position].isDefaultTooDeep = true
        }
        for number in order {
            let field = graph.fields[number]
            let value = defaultValue(of: types[field.type.position].inputFields[field.position], scalars)
            types[field.type.position].inputFields[field.position].defaultValue = value
        }
        for position in fields.indices {
            fields[position].arguments = coerced(fields[position].arguments, scalars)
        }
        for position in directives.indices {
            directives[position].arguments = coerced(directives[position].arguments, scalars)
        }
    }

    private func defaultValue(of definition: InputValueDefinition, _ scalars: ContiguousArray<Scalar>) -> Value? {
        guard let literal = definition.defaultLiteral else { return nil }
        return InputCoercion(types: types, scalars: scalars)
            .coerceLiteral(literal, to: definition.type, variables: .none)
    }

    private func coerced(
        _ definitions: [InputValueDefinition], _ scalars: ContiguousArray<Scalar>
    ) -> [InputValueDefinition] {
        guard definitions.contains(where: { $0.defaultLiteral != nil }) else { return definitions }
        let coercion = InputCoercion(types: types, scalars: scalars)
        return definitions.map { definition in
            guard let literal = definition.defaultLiteral else { return definition }
            var definition = definition
            definition.defaultValue = coercion.coerceLiteral(literal, to: definition.type, variables: .none)
            return definition
        }
    }
}

extension [InputValueDefinition] {
    /// What other scalars have accepted is not to be taken for their defaults.
    fileprivate mutating func forgetDefaultValues() {
        for position in indices where self[position].defaultValue != nil { self[position].defaultValue = nil }
    }
}

extension Schema {
    /// The same schema with its default values as `scalars` accept them: when a schema is built, custom scalars are not
    /// known, and accept everything as it is. Everything has the same number.
    func coercingDefaultValues(_ scalars: ContiguousArray<Scalar>) -> Schema {
        var parts = SchemaParts(
            description: description, types: types, fields: fields, directives: directives, costHints: costHints,
            queryType: queryType, mutationType: mutationType, subscriptionType: subscriptionType, names: names)
        parts.coerceDefaultValues(scalars)
        return Schema(parts)
    }

    /// What is wrong with default values.
    var defaultValueProblems: [String] {
        var found: [String] = []
        func look(_ definitions: [InputValueDefinition], _ coordinate: (String) -> String) {
            for definition in definitions {
                if let problem = types.defaultValueProblem(of: definition, coordinate(definition.name)) {
                    found.append(problem)
                }
            }
        }
        for type in types {
            look(type.inputFields) { "\(type.name).\($0)" }
            for field in fields[type.fields] { look(field.arguments) { "\(type.name).\(field.name)(\($0):)" } }
        }
        for directive in directives { look(directive.arguments) { "@\(directive.name)(\($0):)" } }
        return found
    }
}

extension ContiguousArray<NamedType> {
    /// Why an argument or input field has no default value although one is written; nil when it has.
    func defaultValueProblem(of definition: InputValueDefinition, _ coordinate: String) -> String? {
        guard let literal = definition.defaultLiteral, definition.defaultValue == nil else { return nil }
        if definition.isDefaultTooDeep {
            return "\(coordinate) has a default value of more than \(DefaultValueGraph.maximumDepth) levels, with the "
                + "default values that it takes in."
        }
        let type = name(of: definition.type)
        return "\(coordinate) has invalid default value: \(literal.printed) is no value of type \"\(type)\"."
    }
}
