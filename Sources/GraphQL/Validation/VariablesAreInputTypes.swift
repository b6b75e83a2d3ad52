/// A variable's type must be one that values can be given for.
///
/// Spec: 5.8.2 Variables Are Input Types
extension ValidationContext {
    /// Checks a variable whose type is nil when the schema has none of that name, or for too many wrappers.
    mutating func variablesAreInputTypes(_ variable: VariableDefinitionNode, _ type: TypeReference?) {
        if let type, facts.types[type.namedType.position].isInputType { return }
        guard wants(.variablesAreInputTypes) else { return }
        let problem: String
        if type != nil {
            problem = "cannot be non-input type \"\(Printer.print(variable.type, of: document))\"."
        } else if isTooDeep(variable.type) {
            problem = "has a type in more than \(TypeWrappers.maximum) lists and non-null marks."
        } else {
            return
        }
        report(
            .variablesAreInputTypes, "Variable \"$\(name(variable.name.id))\" \(problem)",
            at: document[variable.type].offset)
    }

    private func isTooDeep(_ type: Index<TypeNode>) -> Bool {
        let wrappers = document.types[type.position...].prefix { $0.kind != .named }
        return wrappers.count > TypeWrappers.maximum
    }
}
