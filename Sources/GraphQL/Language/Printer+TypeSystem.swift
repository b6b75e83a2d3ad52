// Type-system definitions and extensions. Spec: 3
extension Printer {
    mutating func write(_ schema: SchemaDefinitionNode) {
        writeDescription(schema.description)
        write((schema.isExtension ? "extend schema" : "schema") + text(of: schema.directives))
        writeBlock(schema.rootOperationTypes) { printer, rootOperationType in
            let type = printer.document.name(rootOperationType.type.id)
            printer.write("\(rootOperationType.operationType): \(type)")
        }
    }

    mutating func write(_ type: TypeDefinitionNode) {
        writeDescription(type.description)
        write((type.isExtension ? "extend " : "") + type.kind.keyword + " " + document.name(type.name.id))
        if !type.members.isEmpty, type.kind != .union {
            write(" implements " + text(of: type.members, separator: " & "))
        }
        write(text(of: type.directives))
        if !type.members.isEmpty, type.kind == .union {
            write(" = " + text(of: type.members, separator: " | "))
        }
        writeBlock(type.fields) { $0.write($1) }
        writeBlock(type.inputFields) { $0.write($1) }
        writeBlock(type.enumValues) { printer, enumValue in
            printer.writeDescription(enumValue.description)
            printer.write(printer.document.name(enumValue.name.id) + printer.text(of: enumValue.directives))
        }
    }

    mutating func write(_ directive: DirectiveDefinitionNode) {
        writeDescription(directive.description)
        write("directive @" + document.name(directive.name.id))
        writeArguments(directive.arguments)
        write((directive.isRepeatable ? " repeatable on " : " on ") + text(of: directive.locations, separator: " | "))
    }

    private mutating func write(_ field: FieldDefinitionNode) {
        writeDescription(field.description)
        write(document.name(field.name.id))
        writeArguments(field.arguments)
        write(": " + text(of: field.type) + text(of: field.directives))
    }

    private mutating func write(_ inputValue: InputValueDefinitionNode) {
        writeDescription(inputValue.description)
        write(text(of: inputValue))
    }

    private func text(of inputValue: InputValueDefinitionNode) -> String {
        document.name(inputValue.name.id) + ": " + text(of: inputValue.type) + defaultText(inputValue.defaultValue)
            + text(of: inputValue.directives)
    }

    /// Writes arguments on one line, or each on its own when one of them spans lines.
    private mutating func writeArguments(_ arguments: NodeRange<InputValueDefinitionNode>) {
        guard !arguments.isEmpty else { return }
        let texts = document[arguments].map(text)
        let needsLines = zip(document[arguments], texts).contains { argument, text in
            argument.description != nil || text.utf8.contains(UInt8(ascii: "\n"))
        }
        if needsLines {
            writeLines("(", document[arguments], ")") { $0.write($1) }
        } else {
            write("(" + texts.joined(separator: ", ") + ")")
        }
    }

    /// Writes nodes in braces behind a space, each on a line of its own; nothing when there are none.
    private mutating func writeBlock<Node: SyntaxNode>(
        _ nodes: NodeRange<Node>,
        writeNode: (inout Printer, Node) -> Void
    ) {
        guard !nodes.isEmpty else { return }
        writeLines(" {", document[nodes], "}", writeItem: writeNode)
    }
}

extension TypeDefinitionNode.Kind {
    /// The word that begins a definition of this kind.
    package var keyword: String {
        switch self {
        case .scalar: "scalar"
        case .object: "type"
        case .interface: "interface"
        case .union: "union"
        case .enum: "enum"
        case .inputObject: "input"
        }
    }
}
