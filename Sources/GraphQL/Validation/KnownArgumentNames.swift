/// An argument must be defined by its field or directive.
///
/// Spec: 5.4.1 Argument Names
extension ValidationContext {
    mutating func knownArgumentNames(_ field: SelectionNode, _ definition: FieldID, _ parentType: TypeID) {
        let definitions = schema.fields[definition.position].arguments
        for position in field.arguments.positions {
            let argument = document.arguments[position]
            guard !isDefined(argument, definitions), wants(.knownArgumentNames) else { continue }
            report(
                .knownArgumentNames,
                "Unknown argument \"\(name(argument.name.id))\" on field "
                    + "\"\(typeName(parentType)).\(name(field.name.id))\".\(hint(argument, definitions))",
                at: argument.name.offset)
        }
    }

    mutating func knownArgumentNames(_ directive: DirectiveNode, _ definition: DirectiveDefinition) {
        for position in directive.arguments.positions {
            let argument = document.arguments[position]
            guard !isDefined(argument, definition.arguments), wants(.knownArgumentNames) else { continue }
            report(
                .knownArgumentNames,
                "Unknown argument \"\(name(argument.name.id))\" on directive \"@\(definition.name)\"."
                    + hint(argument, definition.arguments),
                at: argument.name.offset)
        }
    }

    private func isDefined(_ argument: ArgumentNode, _ definitions: [InputValueDefinition]) -> Bool {
        let name = names[argument.name.id]
        return definitions.contains { $0.schemaName == name }
    }

    private func hint(_ argument: ArgumentNode, _ definitions: [InputValueDefinition]) -> String {
        didYouMean(suggestionList(name(argument.name.id), definitions.map(\.name)))
    }
}
