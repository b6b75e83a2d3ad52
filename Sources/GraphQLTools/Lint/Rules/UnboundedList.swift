import GraphQL

extension LintContext {
    /// A list of objects at the query root can be asked for in parts: it grows with the data.
    mutating func unboundedList() {
        let bounds: Set = [
            "first", "last", "limit", "take", "top", "count", "max", "page", "pageSize", "perPage", "offset", "skip",
            "after", "before", "cursor", "ids",
        ]
        for (coordinate, field) in fields where field.parentType == schema.queryType {
            guard field.type.isList, schema[field.type.namedType].isComposite,
                !field.arguments.contains(where: { bounds.contains($0.name) })
            else { continue }
            report(.unboundedList, coordinate, "The list can't be asked for in parts, such as the \"first\" ones.")
        }
    }
}
