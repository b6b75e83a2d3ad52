import GraphQL

extension LintContext {
    /// A field named `id` is an `ID!`: clients keep objects by it. Spec: 3.5.5 ID
    mutating func idType() {
        for (coordinate, field) in fields where field.name == "id" {
            let type = schema.name(of: field.type)
            if type != "ID!" { report(.idType, coordinate, "An id is an ID!, not \(type).") }
        }
    }
}
