// What goes on one line: values, types, arguments, directives. Only block strings span lines.
extension Printer {
    func text(of value: Index<ValueNode>) -> String {
        let node = document[value]
        switch node.kind {
        case .variable: return "$" + document.name(node.name)
        case .int, .float, .boolean, .null, .enum: return document.text(of: value)
        case .string: return StringLiteral.quoted(document.string(of: value))
        case .blockString: return StringLiteral.blockQuoted(document.string(of: value))
        case .list: return "[" + document.children(of: value).map(text).joined(separator: ", ") + "]"
        case .object:
            let fields = document.children(of: value).map { field in
                document.name(document[field].fieldName.id) + ": " + text(of: field)
            }
            return "{" + fields.joined(separator: ", ") + "}"
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
