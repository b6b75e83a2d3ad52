package import GraphQL

/// A difference between two schemas, as it concerns those who use the older one.
package struct SchemaChange: Hashable, Sendable {
    package let kind: Kind
    /// The element that changed; nil for the schema itself.
    package let coordinate: SchemaCoordinate?
    /// A sentence.
    package let message: String

    init(_ kind: Kind, _ coordinate: SchemaCoordinate?, _ message: String) {
        self.kind = kind
        self.coordinate = coordinate
        self.message = message
    }

    package var severity: Severity { kind.severity }
}

extension SchemaChange {
    /// What a change may do to operations that were written for the older schema.
    package enum Severity: String, CaseIterable, Sendable {
        /// Some are refused, or their variables are.
        case breaking
        /// All are accepted, but some may get what they don't expect.
        case dangerous
        /// None of them notices.
        case safe
    }
}

extension SchemaChange: CustomStringConvertible {
    /// One line for a terminal.
    package var description: String { "\(severity.rawValue): \(message) (\(kind.rawValue))" }

    /// The same for programs: `severity`, `kind`, `coordinate`, `message`.
    package var json: Value {
        .object([
            ObjectField("severity", .string(severity.rawValue)),
            ObjectField("kind", .string(kind.rawValue)),
            ObjectField("coordinate", coordinate.map { .string($0.description) } ?? .null),
            ObjectField("message", .string(message)),
        ])
    }
}
