extension Document {
    /// A literal as it is written: the digits of a number, the name of an enum value, a string with its quotes.
    package func text(of value: Index<ValueNode>) -> String {
        let node = values[value.position]
        return source[node.offset..<node.end]
    }

    /// The text that a string literal stands for.
    ///
    /// Spec: 2.9.4 String Value, Static Semantics
    package func string(of value: Index<ValueNode>) -> String {
        let node = values[value.position]
        let isBlock = node.kind == .blockString
        let quotes = isBlock ? 3 : 1
        let content = Int(node.offset) + quotes..<Int(node.end) - quotes
        return isBlock
            ? StringLiteral.blockStringValue(content, in: source.bytes)
            : StringLiteral.stringValue(content, in: source.bytes)
    }

    /// A description's text; nil when there is none.
    package func description(_ description: Index<ValueNode>?) -> String? {
        description.map(string(of:))
    }
}

extension Value {
    /// The number that `text` spells in GraphQL or JSON, which agree on that grammar.
    ///
    /// A float beyond the range of `Double` becomes infinite.
    static func number(_ text: String) -> Value {
        if let integer = Int(text) { return .int(integer) }
        let isInteger = text.utf8.allSatisfy { $0 == UInt8(ascii: "-") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        return isInteger ? .bigInteger(text) : .float(Double(text) ?? .nan)
    }
}
