/// A rule that goes by the name that graphql-js gives it: the case's own, capitalised, and "Rule".
package protocol NamedRule: CaseIterable {}

extension NamedRule {
    /// The rule that graphql-js calls `name`, such as `ScalarLeafsRule`; nil when there is none.
    package init?(name: String) {
        guard let rule = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = rule
    }

    /// What graphql-js calls the rule.
    package var name: String {
        let name = String(describing: self)
        return name.prefix(1).uppercased() + name.dropFirst() + "Rule"
    }
}
