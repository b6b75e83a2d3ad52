/// An argument that may not be null and has no default value must be given.
///
/// Spec: 5.4.3 Required Arguments
extension ValidationContext {
    mutating func providedRequiredArguments(_ field: SelectionNode, _ definitions: [InputValueDefinition]) {
        for definition in definitions where definition.isRequired && !isGiven(definition, field.arguments) {
            report(
                .providedRequiredArguments, "Field \"\(name(field.name.id))\" \(missing(definition))",
                at: field.offset)
        }
    }

    mutating func providedRequiredArguments(_ directive: DirectiveNode, _ definition: DirectiveDefinition) {
        for argument in definition.arguments where argument.isRequired && !isGiven(argument, directive.arguments) {
            report(
                .providedRequiredArguments, "Directive \"@\(definition.name)\" \(missing(argument))",
                at: directive.offset)
        }
    }

    private func isGiven(_ definition: InputValueDefinition, _ arguments: NodeRange<ArgumentNode>) -> Bool {
        document.arguments[arguments.positions].contains { names[$0.name.id] == definition.schemaName }
    }

    private func missing(_ definition: InputValueDefinition) -> String {
        "argument \"\(definition.name)\" of type \"\(schema.name(of: definition.type))\" is required, "
            + "but it was not provided."
    }
}
