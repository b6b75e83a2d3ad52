import GraphQL

extension LintContext {
    /// Lists hold no nulls: few mean something by them, and everybody has to expect them.
    mutating func nullableListItem() {
        for (coordinate, field) in fields { checkItems(field.type, coordinate) }
        for (coordinate, field) in inputFields { checkItems(field.type, coordinate) }
        for (coordinate, argument) in arguments { checkItems(argument.type, coordinate) }
    }

    private mutating func checkItems(_ type: TypeReference, _ coordinate: SchemaCoordinate) {
        var list = type
        while list.isList {
            if !list.item.isNonNull {
                let better = SchemaTypeText(schema).withoutNullItems(type)
                report(
                    .nullableListItem, coordinate,
                    "The list \(schema.name(of: type)) may hold nulls; \(better) does not.")
                return
            }
            list = list.item
        }
    }
}

/// Spells variants of a type.
private struct SchemaTypeText {
    let schema: Schema

    init(_ schema: Schema) { self.schema = schema }

    /// The type with every item of its lists non-null.
    func withoutNullItems(_ type: TypeReference) -> String {
        guard type.isList else { return schema.name(of: type) }
        let item = withoutNullItems(type.item)
        return "[" + (item.hasSuffix("!") ? item : item + "!") + "]" + (type.isNonNull ? "!" : "")
    }
}
