/// A value as it is written in a document.
package struct Literal: Sendable {
    package let document: Document
    package let value: Index<ValueNode>

    package init(_ document: Document, _ value: Index<ValueNode>) {
        self.document = document
        self.value = value
    }
}

extension Value {
    /// The value as an error message shows it, as graphql-js does: JSON with a space behind each colon and comma.
    package var inspected: String {
        switch self {
        case .null: "null"
        case .boolean(let value): String(value)
        case .int(let value): String(value)
        case .float(let value):
            value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
        case .string(let value): "\"\(value)\""
        case .enum(let name): name
        case .list(let values): "[" + values.map(\.inspected).joined(separator: ", ") + "]"
        case .object(let fields):
            fields.isEmpty
                ? "{}" : "{ " + fields.map { "\($0.name): \($0.value.inspected)" }.joined(separator: ", ") + " }"
        case .opaque: "[a file]"
        }
    }
}
