/// A value as it is written in a document.
package struct Literal: Sendable {
    package let document: Document
    package let value: Index<ValueNode>

    package init(_ document: Document, _ value: Index<ValueNode>) {
        self.document = document
        self.value = value
    }

    /// Where it is written.
    var location: SourceLocation { document.location(document.values[value.position].offset) }

    /// The literal in canonical form.
    package var printed: String { Printer.print(value, of: document) }
}

extension Value {
    /// The value as an error message shows it, as graphql-js does: JSON with a space behind each colon and comma, long
    /// lists and deep values cut.
    package var inspected: String { inspected(depth: 0) }

    /// As graphql-js has it, but for objects, which it doesn't cut.
    private static let shownItems = 10
    private static let shownMembers = 50
    private static let shownDepth = 1

    fileprivate func inspected(depth: Int) -> String {
        switch self {
        case .null: "null"
        case .boolean(let value): String(value)
        case .int(let value): String(value)
        case .bigInteger(let digits): digits
        case .float(let value): value.ecmaScriptText
        case .string(let value): value.asJSON
        case .enum(let name): name
        case .list(let values) where depth > Self.shownDepth && !values.isEmpty: "[Array]"
        case .list(let values): "[" + values.inspectedItems(depth: depth + 1, shown: Self.shownItems) + "]"
        case .object([]): "{}"
        case .object where depth > Self.shownDepth: "[Object]"
        case .object(let fields):
            "{ "
                + fields.prefix(Self.shownMembers)
                .map { "\($0.name): \($0.value.inspected(depth: depth + 1))" }.joined(separator: ", ")
                + (fields.count > Self.shownMembers ? ", … }" : " }")
        case .opaque: "[a file]"
        }
    }
}

extension [Value] {
    fileprivate func inspectedItems(depth: Int, shown: Int) -> String {
        var items = prefix(shown).map { $0.inspected(depth: depth) }
        let more = count - items.count
        if more > 0 { items.append(more == 1 ? "... 1 more item" : "... \(more) more items") }
        return items.joined(separator: ", ")
    }
}

extension String {
    /// The string in quotes, escaped.
    fileprivate var asJSON: String {
        var buffer = ResponseBuffer(capacity: utf8.count + 2)
        buffer.write(self)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }
}
