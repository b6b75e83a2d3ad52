/// What a schema says about the cost of a field, by the directives `@cost` and `@listSize`.
///
/// ```graphql
/// directive @cost(weight: String!) on FIELD_DEFINITION
/// directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!]) on FIELD_DEFINITION
/// ```
///
/// A schema that uses them defines them; the weight may be an `Int` there, too.
///
/// Source: IBM, GraphQL Cost Directives Specification
struct CostHints: Hashable, Sendable {
    /// What the field itself costs.
    var weight: Int?
    /// How many items its list has, where no argument tells.
    var assumedSize: Int?
    /// The arguments that say how many items there will be at most, by the position of their definitions.
    var slicingArguments: [Int] = []
    /// The fields of its type that are the lists of that size; empty when the field is the list itself.
    var sizedFields: [String] = []

    var isEmpty: Bool { self == CostHints() }
}

extension SchemaBuilder {
    /// The hints that are applied to a field; nil when there are none. What can't be read is no hint.
    func costHints(_ field: FieldDefinitionNode, _ document: Document) -> CostHints? {
        guard !field.directives.isEmpty else { return nil }
        var hints = CostHints()
        for directive in document[field.directives] {
            let name = document.name(directive.name.id)
            guard name == "cost" || name == "listSize" else { continue }
            for argument in document[directive.arguments] {
                let value = document.value(of: argument.value, variables: .none) ?? .null
                switch document.name(argument.name.id) {
                case "weight": hints.weight = value.wholeNumber
                case "assumedSize": hints.assumedSize = value.wholeNumber
                case "sizedFields": hints.sizedFields = value.texts
                case "slicingArguments":
                    let arguments = document[field.arguments].map { document.name($0.name.id) }
                    hints.slicingArguments = value.texts.compactMap { arguments.firstIndex(of: $0) }
                default: continue
                }
            }
        }
        return hints.isEmpty ? nil : hints
    }
}

extension Value {
    /// A number, or a text that spells one, rounded up: no less than zero, no more than is counted.
    fileprivate var wholeNumber: Int? {
        switch self {
        case .int(let number): min(max(0, number), Complexity.maximum)
        case .float(let number) where !number.isNaN:
            Int(min(max(0, number), Double(Complexity.maximum)).rounded(.up))
        case .bigInteger(let text), .string(let text): Double(text).flatMap { Value.float($0).wholeNumber }
        default: nil
        }
    }

    fileprivate var texts: [String] {
        guard case .list(let items) = self else { return [] }
        return items.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }
}
