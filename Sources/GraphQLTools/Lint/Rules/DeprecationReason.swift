import GraphQL

extension LintContext {
    /// A deprecation says why, and what to use instead. Spec: 3.13.3 @deprecated
    mutating func deprecationReason() {
        let reasons =
            fields.map { ($0.coordinate, $0.definition.deprecationReason) }
            + inputFields.map { ($0.coordinate, $0.definition.deprecationReason) }
            + arguments.map { ($0.coordinate, $0.definition.deprecationReason) }
            + enumValues.map { ($0.coordinate, $0.definition.deprecationReason) }
        for case (let coordinate, let reason?) in reasons
        where reason == DirectiveDefinition.defaultDeprecationReason || reason.allSatisfy(\.isWhitespace) {
            report(.deprecationReason, coordinate, "The deprecation gives no reason.")
        }
    }
}
