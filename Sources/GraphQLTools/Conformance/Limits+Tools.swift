import GraphQL

extension Limits {
    /// What holds where nobody else's requests are answered: only what graphql-js limits as well, and what protects the
    /// stack.
    static let tools: Limits = {
        var limits = Limits.off
        limits.validationErrors = Limits().validationErrors
        limits.introspectionDepth = Limits().introspectionDepth
        return limits
    }()
}
