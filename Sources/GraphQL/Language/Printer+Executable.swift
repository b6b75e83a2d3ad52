// Operations and fragments. Spec: 2.3 to 2.8
extension Printer {
    mutating func write(_ operation: OperationDefinitionNode) {
        writeDescription(operation.description)
        let isAnonymous = operation.name.id == .none
        let isShorthand =
            !isOpen && operation.operationType == .query && isAnonymous && operation.description == nil
            && operation.variableDefinitions.isEmpty && operation.directives.isEmpty
        if !isShorthand {
            write("\(operation.operationType)")
            if !isAnonymous {
                write(" " + document.name(operation.name.id))
            } else if !operation.variableDefinitions.isEmpty {
                write(" ")
            }
            write(operation.variableDefinitions)
            write(text(of: operation.directives) + " ")
        }
        writeSelectionSet(operation.selectionSet)
    }

    mutating func write(_ fragment: FragmentDefinitionNode) {
        writeDescription(fragment.description)
        write("fragment " + document.name(fragment.name.id) + " on " + document.name(fragment.typeCondition.id))
        write(text(of: fragment.directives) + " ")
        writeSelectionSet(fragment.selectionSet)
    }

    private mutating func write(_ variables: NodeRange<VariableDefinitionNode>) {
        guard !variables.isEmpty else { return }
        if document[variables].contains(where: { $0.description != nil }) {
            return writeLines("(", document[variables], ")") { printer, variable in
                printer.writeDescription(variable.description)
                printer.write(printer.text(of: variable))
            }
        }
        write("(" + document[variables].map(text).joined(separator: ", ") + ")")
    }

    private func text(of variable: VariableDefinitionNode) -> String {
        "$" + document.name(variable.name.id) + ": " + text(of: variable.type) + defaultText(variable.defaultValue)
            + text(of: variable.directives)
    }

    private mutating func writeSelectionSet(_ selections: NodeRange<SelectionNode>) {
        writeLines("{", document.selections(in: selections), "}") { printer, selection in
            printer.write(selection)
        }
    }

    private mutating func write(_ selection: Index<SelectionNode>) {
        let node = document[selection]
        switch node.kind {
        case .field:
            writeHead(node)
        case .fragmentSpread:
            write("..." + document.name(node.name.id))
        case .inlineFragment:
            write(node.name.id == .none ? "..." : "... on " + document.name(node.name.id))
        }
        write(text(of: node.directives))
        if node.hasSelectionSet {
            write(" ")
            writeSelectionSet(document.selectionSet(of: selection))
        }
    }

    /// Alias, name and arguments of a field; the arguments on lines of their own when one line would be too long.
    private mutating func writeHead(_ field: SelectionNode) {
        let name = document.name(field.name.id)
        let prefix = field.responseName == field.name.id ? name : document.name(field.responseName) + ": " + name
        let line = prefix + text(of: field.arguments)
        guard line.utf16.count > 80, !field.arguments.isEmpty else { return write(line) }
        write(prefix)
        writeLines("(", document[field.arguments], ")") { printer, argument in
            printer.write(printer.text(of: argument))
        }
    }
}
