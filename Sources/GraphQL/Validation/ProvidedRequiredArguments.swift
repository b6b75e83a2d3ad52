/// An argument that may not be null and has no default value must be given.
///
/// Spec: 5.4.3 Required Arguments
extension ValidationContext {
    mutating func providedRequiredArguments(
        _ field: SelectionNode, _ id: FieldID, _ arguments: PositionRange
    ) {
        for position in arguments.positions where isMissing(facts.inputs[position], in: field.arguments) {
            guard wants(.providedRequiredArguments) else { return }
            let definition = schema[id].arguments[position - arguments.positions.lowerBound]
            report(
                .providedRequiredArguments, "Field \"\(name(field.name.id))\" \(missing(definition))",
                at: field.offset)
        }
    }

    mutating func providedRequiredArguments(
        _ directive: DirectiveNode, ofDirective index: Int, _ arguments: PositionRange
    ) {
        for position in arguments.positions where isMissing(facts.inputs[position], in: directive.arguments) {
            guard wants(.providedRequiredArguments) else { return }
            let definition = schema.directives[index]
            let argument = definition.arguments[position - arguments.positions.lowerBound]
            report(
                .providedRequiredArguments, "Directive \"@\(definition.name)\" \(missing(argument))",
                at: directive.offset)
        }
    }

    private func isMissing(_ input: SchemaFacts.Input, in arguments: NodeRange<ArgumentNode>) -> Bool {
        input.isRequired && !document.arguments[arguments.positions].contains { names[$0.name.id] == input.name }
    }

    private func missing(_ definition: InputValueDefinition) -> String {
        "argument \"\(definition.name)\" of type \"\(schema.name(of: definition.type))\" is required, "
            + "but it was not provided."
    }
}
