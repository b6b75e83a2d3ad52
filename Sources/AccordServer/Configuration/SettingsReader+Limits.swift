import GraphQL

extension SettingsReader {
    /// The engine's limits, each a number of at least 1, or `off`.
    mutating func limits() -> Limits {
        var limits = Limits()
        read(\.sourceBytes, "ACCORD_GRAPHQL_MAX_BYTES", &limits)
        read(\.tokens, "ACCORD_GRAPHQL_MAX_TOKENS", &limits)
        read(\.nestingDepth, "ACCORD_GRAPHQL_MAX_NESTING", &limits)
        read(\.selectionDepth, "ACCORD_GRAPHQL_MAX_DEPTH", &limits)
        read(\.fields, "ACCORD_GRAPHQL_MAX_FIELDS", &limits)
        read(\.aliases, "ACCORD_GRAPHQL_MAX_ALIASES", &limits)
        read(\.rootFields, "ACCORD_GRAPHQL_MAX_ROOT_FIELDS", &limits)
        read(\.directivesPerPlace, "ACCORD_GRAPHQL_MAX_DIRECTIVES", &limits)
        read(\.complexity, "ACCORD_GRAPHQL_MAX_COMPLEXITY", &limits)
        read(\.introspectionDepth, "ACCORD_GRAPHQL_MAX_INTROSPECTION_DEPTH", &limits)
        read(\.validationErrors, "ACCORD_GRAPHQL_MAX_ERRORS", &limits)
        read(\.responseFields, "ACCORD_GRAPHQL_MAX_RESPONSE_FIELDS", &limits)
        read(\.responseBytes, "ACCORD_GRAPHQL_MAX_RESPONSE_BYTES", &limits)
        return limits
    }

    private mutating func read(_ limit: WritableKeyPath<Limits, Int?>, _ name: String, _ limits: inout Limits) {
        limits[keyPath: limit] = numberOrOff(name, default: limits[keyPath: limit])
    }
}
