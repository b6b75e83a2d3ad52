/// A variable that an operation uses, itself or in a fragment, must be defined by the operation.
///
/// Spec: 5.8.3 All Variable Uses Defined
extension ValidationContext {
    /// Reports a variable that `operation` doesn't define.
    mutating func noUndefinedVariables(_ usage: VariableUsage, _ operation: OperationDefinitionNode) {
        guard wants(.noUndefinedVariables) else { return }
        let variable = document[usage.value]
        let place = operation.name.id == .none ? "" : " by operation \"\(name(operation.name.id))\""
        report(
            .noUndefinedVariables, "Variable \"$\(name(variable.name))\" is not defined\(place).",
            at: variable.offset, operation.offset)
    }
}
