import GraphQL

extension EnumOutput {
    /// The case that `schema.graphql` spells so; nil when there is none.
    package init?(rawValue: String) {
        guard let value = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = value
    }
}
