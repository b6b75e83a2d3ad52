package import GraphQL

/// An element of a schema that breaks a rule.
package struct LintFinding: Hashable, Sendable {
    package let rule: LintRule
    package let coordinate: SchemaCoordinate
    /// A sentence.
    package let message: String
    /// The file, and the place in it where there is one.
    package let file: String?
    package let place: FilePlace?
}

extension LintFinding: CustomStringConvertible {
    /// One line for a terminal.
    package var description: String {
        let origin = (place?.description ?? file).map { $0 + ": " } ?? ""
        return "\(origin)\(coordinate): \(message) (\(rule.rawValue))"
    }

    /// The same for programs: `rule`, `coordinate`, `message`, `file`, `line`, `column`.
    package var json: Value {
        .object([
            ObjectField("rule", .string(rule.rawValue)),
            ObjectField("coordinate", .string(coordinate.description)),
            ObjectField("message", .string(message)),
            ObjectField("file", (place?.file ?? file).map { .string($0) } ?? .null),
            ObjectField("line", place.map { .int($0.location.line) } ?? .null),
            ObjectField("column", place.map { .int($0.location.column) } ?? .null),
        ])
    }
}

extension LoadedSchema {
    /// What breaks the rules, in the order of the files, and of the schema where there are no places.
    package func findings(rules: Set<LintRule> = Set(LintRule.allCases)) -> [LintFinding] {
        var context = LintContext(schema)
        for rule in LintRule.allCases where rules.contains(rule) { context.check(rule) }
        let places = DefinitionPlaces(source.document)
        let findings = context.findings.map { finding in
            LintFinding(
                rule: finding.rule, coordinate: finding.coordinate, message: finding.message, file: introspectionFile,
                place: places[finding.coordinate].flatMap(place))
        }
        return findings.enumerated().sorted { left, right in
            guard let first = left.element.place, let second = right.element.place, first != second else {
                return left.offset < right.offset
            }
            return first < second
        }.map(\.element)
    }
}
