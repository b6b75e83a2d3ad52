/// Prints documents in canonical form, as graphql-js does: two spaces a level, one blank line between definitions.
///
/// What is printed parses to the same document again. Comments and insignificant commas are gone. Printing recurses as
/// deep as the document is nested, which `ParserLimits.maximumDepth` bounds.
package struct Printer {
    let document: Document
    private(set) var output = ""
    private var indentation = ""
    /// Whether braces that come next would belong to the definition before.
    private(set) var isOpen = false

    private init(_ document: Document) { self.document = document }

    /// The whole document, without a line end behind the last definition.
    package static func print(_ document: Document) -> String {
        var printer = Printer(document)
        for (position, definition) in document.definitions.enumerated() {
            if position > 0 { printer.output += "\n\n" }
            printer.write(definition)
            printer.isOpen = document.takesBraces(behind: definition)
        }
        return printer.output
    }

    /// A single value.
    package static func print(_ value: Index<ValueNode>, of document: Document) -> String {
        Printer(document).text(of: value)
    }

    /// A single type reference.
    package static func print(_ type: Index<TypeNode>, of document: Document) -> String {
        Printer(document).text(of: type)
    }

    private mutating func write(_ definition: DefinitionNode) {
        let index = Int(definition.index)
        switch definition.kind {
        case .operation: write(document.operations[index])
        case .fragment: write(document.fragments[index])
        case .schema: write(document.schemaDefinitions[index])
        case .type: write(document.typeDefinitions[index])
        case .directive: write(document.directiveDefinitions[index])
        }
    }

    // MARK: Writing

    /// Writes a text that may span lines, such as a block string, so that its lines are indented.
    mutating func write(_ text: String) {
        guard text.utf8.contains(UInt8(ascii: "\n")) else {
            output += text
            return
        }
        output += text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n" + indentation)
    }

    /// Writes items between brackets, each on a line of its own, one level deeper.
    mutating func writeLines<Items: Sequence>(
        _ opening: String,
        _ items: Items,
        _ closing: String,
        writeItem: (inout Printer, Items.Element) -> Void
    ) {
        output += opening
        let outer = indentation
        indentation += "  "
        for item in items {
            output += "\n" + indentation
            writeItem(&self, item)
        }
        indentation = outer
        output += "\n" + indentation + closing
    }

    /// Writes a description and a line end.
    mutating func writeDescription(_ description: Index<ValueNode>?) {
        guard let description else { return }
        write(text(of: description) + "\n")
    }
}

extension Document {
    /// Whether a definition without braces would take those that come next for its own.
    fileprivate func takesBraces(behind definition: DefinitionNode) -> Bool {
        let index = Int(definition.index)
        switch definition.kind {
        case .operation, .fragment, .directive: return false
        case .schema: return schemaDefinitions[index].rootOperationTypes.isEmpty
        case .type:
            let type = typeDefinitions[index]
            switch type.kind {
            case .scalar, .union: return false
            case .object, .interface, .inputObject, .enum:
                return type.fields.isEmpty && type.inputFields.isEmpty && type.enumValues.isEmpty
            }
        }
    }
}
