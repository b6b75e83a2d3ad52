// What goes on one line: values, types, arguments, directives. Only block strings span lines.
extension Printer {
    func text(of value: Index<ValueNode>) -> String {
        var text = ""
        append(value, to: &text)
        return text
    }

    /// Appends to one text: joining the texts of items at each level would copy what is nested deep again and again.
    private func append(_ value: Index<ValueNode>, to text: inout String) {
        let node = document[value]
        switch node.kind {
        case .variable: text += "$" + document.name(node.name)
        case .int, .float, .boolean, .null, .enum: text += document.text(of: value)
        case .string: text += StringLiteral.quoted(document.string(of: value))
        case .blockString: text += StringLiteral.blockQuoted(document.string(of: value))
        case .list:
            text += "["
            for (position, item) in document.children(of: value).enumerated() {
                if position > 0 { text += ", " }
                append(item, to: &text)
            }
            text += "]"
        case .object:
            text += "{"
            for (position, field) in document.children(of: value).enumerated() {
                if position > 0 { text += ", " }
                text += document.name(document[field].fieldName.id) + ": "
                append(field, to: &text)
            }
            text += "}"
        }
    }

    func text(of type: Index<TypeNode>) -> String {
        var prefix = ""
        var suffixes: [String] = []
        var position = type.position
        while true {
            let node = document.types[position]
            switch node.kind {
            case .named: return prefix + document.name(node.name) + suffixes.reversed().joined()
            case .list:
                prefix += "["
                suffixes.append("]")
            case .nonNull: suffixes.append("!")
            }
            position += 1
        }
    }

    func text(of argument: ArgumentNode) -> String {
        document.name(argument.name.id) + ": " + text(of: argument.value)
    }

    /// The arguments in parentheses; nothing when there are none.
    func text(of arguments: NodeRange<ArgumentNode>) -> String {
        arguments.isEmpty ? "" : "(" + document[arguments].map(text).joined(separator: ", ") + ")"
    }

    /// The directives, each behind a space.
    func text(of directives: NodeRange<DirectiveNode>) -> String {
        document[directives].map { " @" + document.name($0.name.id) + text(of: $0.arguments) }.joined()
    }

    /// A default value behind an equals sign; nothing when there is none.
    func defaultText(_ value: Index<ValueNode>?) -> String {
        value.map { " = " + text(of: $0) } ?? ""
    }

    func text(of names: NodeRange<NameReferenceNode>, separator: String) -> String {
        document[names].map { document.name($0.name.id) }.joined(separator: separator)
    }
}
