/// An argument must be defined by its field or directive.
///
/// Spec: 5.4.1 Argument Names
extension ValidationContext {
    mutating func knownArgumentNames(
        _ field: SelectionNode, _ definition: FieldID, _ arguments: PositionRange, _ parentType: TypeID
    ) {
        for position in field.arguments.positions {
            let argument = document.arguments[position]
            guard facts.input(named: names[argument.name.id], in: arguments) == nil, wants(.knownArgumentNames) else {
                continue
            }
            report(
                .knownArgumentNames,
                "Unknown argument \"\(name(argument.name.id))\" on field "
                    + "\"\(typeName(parentType)).\(name(field.name.id))\".\(hint(argument, schema[definition].arguments))",
                at: argument.name.offset)
        }
    }

    mutating func knownArgumentNames(
        _ directive: DirectiveNode, ofDirective definition: Int, _ arguments: PositionRange
    ) {
        for position in directive.arguments.positions {
            let argument = document.arguments[position]
            guard facts.input(named: names[argument.name.id], in: arguments) == nil, wants(.knownArgumentNames) else {
                continue
            }
            let definition = schema.directives[definition]
            report(
                .knownArgumentNames,
                "Unknown argument \"\(name(argument.name.id))\" on directive \"@\(definition.name)\"."
                    + hint(argument, definition.arguments),
                at: argument.name.offset)
        }
    }

    private mutating func hint(_ argument: ArgumentNode, _ definitions: [InputValueDefinition]) -> String {
        didYouMean(suggestions(for: name(argument.name.id), among: definitions.map(\.name)))
    }
}
