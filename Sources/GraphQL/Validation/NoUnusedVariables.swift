/// A variable that an operation defines must be used, by the operation or in a fragment.
///
/// Spec: 5.8.4 All Variables Used
extension ValidationContext {
    /// Reports the variables of an operation whose names are not marked.
    mutating func noUnusedVariables(_ operation: OperationDefinitionNode) {
        for index in operation.variableDefinitions.positions {
            let variable = document.variableDefinitions[index]
            guard !isMarked(variable.name.id), wants(.noUnusedVariables) else { continue }
            let place = operation.name.id == .none ? "" : " in operation \"\(name(operation.name.id))\""
            report(
                .noUnusedVariables, "Variable \"$\(name(variable.name.id))\" is never used\(place).",
                at: variable.offset)
        }
    }
}
