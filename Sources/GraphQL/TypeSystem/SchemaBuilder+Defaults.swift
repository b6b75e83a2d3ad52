extension SchemaBuilder {
    /// Coerces each default value to its type. One that the type doesn't accept is none; `TypeValidation` reports it.
    ///
    /// The defaults of an input object's fields come before those of whoever holds the object, since a literal may leave
    /// such a field out. An object can't hold itself by its defaults without end: that literal would have no end either.
    mutating func coerceDefaultValues() {
        var states = [DefaultState](repeating: .raw, count: parts.types.count)
        for position in parts.types.indices { coerceInputFields(position, &states) }
        for position in parts.fields.indices {
            parts.fields[position].arguments = coerced(parts.fields[position].arguments)
        }
        for position in parts.directives.indices {
            parts.directives[position].arguments = coerced(parts.directives[position].arguments)
        }
    }

    /// How far the default values of an input object are coerced.
    private enum DefaultState { case raw, begun, coerced }

    private mutating func coerceInputFields(_ position: Int, _ states: inout [DefaultState]) {
        guard states[position] == .raw else { return }
        states[position] = .begun
        for field in parts.types[position].inputFields where field.defaultLiteral != nil {
            coerceInputFields(field.type.namedType.position, &states)
        }
        parts.types[position].inputFields = coerced(parts.types[position].inputFields)
        states[position] = .coerced
    }

    private mutating func coerced(_ definitions: [InputValueDefinition]) -> [InputValueDefinition] {
        guard definitions.contains(where: { $0.defaultLiteral != nil }) else { return definitions }
        let coercion = InputCoercion(types: parts.types, scalars: parts.types.map { .named($0.name) })
        return definitions.map { definition in
            guard let literal = definition.defaultLiteral else { return definition }
            var definition = definition
            definition.defaultValue = coercion.coerceLiteral(literal, to: definition.type, variables: .none)
            return definition
        }
    }
}
