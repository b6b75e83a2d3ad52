import GraphQL

extension LintContext {
    /// Every type can be reached from a root operation type or from an argument of a directive.
    mutating func unusedType() {
        var reached = [Bool](repeating: false, count: schema.types.count)
        var open = [schema.queryType, schema.mutationType, schema.subscriptionType].compactMap(\.self)
        open += directives.flatMap { $0.definition.arguments.map(\.type.namedType) }
        while let type = open.popLast() {
            guard !reached[type.position] else { continue }
            reached[type.position] = true
            open += neighbours(of: schema[type])
        }
        for (coordinate, type) in types where !reached[type.id.position] {
            report(.unusedType, coordinate, "No operation can reach the type.")
        }
    }

    /// The types that a type refers to. Of an abstract type those are also what it can stand for.
    private func neighbours(of type: NamedType) -> [TypeID] {
        let fields = schema.fields[type.fields]
        return fields.map(\.type.namedType) + fields.flatMap { $0.arguments.map(\.type.namedType) }
            + type.inputFields.map(\.type.namedType) + type.interfaces + type.possibleTypes
    }
}
