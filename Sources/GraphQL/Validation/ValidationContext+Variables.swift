// The rules about variables look at each operation together with all fragments it spreads.
extension ValidationContext {
    mutating func checkVariables() {
        guard !variableUsages.isEmpty || !document.variableDefinitions.isEmpty else { return }
        var definitionNamed = ContiguousArray<Index<VariableDefinitionNode>?>(
            filledWith: nil, count: document.names.count)
        /// The last operation that reached each fragment.
        var reachedBy = ContiguousArray<Int?>(filledWith: nil, count: document.fragments.count)
        for (position, operation) in document.operations.enumerated() {
            let definitions = operation.variableDefinitions.positions
            for index in definitions {
                definitionNamed[document.variableDefinitions[index].name.id.position] = Index(index)
            }
            beginMarking()
            var steps = 0
            var pending = [operationUsages[position]]
            while let usages = pending.popLast() {
                for index in usages.variables { checkUsage(variableUsages[index], operation, definitionNamed) }
                for spread in spreads[usages.spreads] {
                    guard let fragment = fragmentNamed[document.selections[spread.position].name.id.position],
                        reachedBy[fragment.position] != position
                    else { continue }
                    reachedBy[fragment.position] = position
                    pending.append(fragmentUsages[fragment.position])
                }
                steps += usages.variables.count + usages.spreads.count
            }
            noUnusedVariables(operation)
            for index in definitions { definitionNamed[document.variableDefinitions[index].name.id.position] = nil }
            guard countSharedSteps(steps, operation, for: .noUndefinedVariables) else { return }
        }
    }

    /// Marks the variable as used.
    private mutating func checkUsage(
        _ usage: VariableUsage, _ operation: OperationDefinitionNode,
        _ definitionNamed: ContiguousArray<Index<VariableDefinitionNode>?>
    ) {
        let name = document.values[usage.value.position].name
        _ = insertMark(name)
        guard let definition = definitionNamed[name.position] else {
            noUndefinedVariables(usage, operation)
            return
        }
        variablesInAllowedPosition(usage, definition)
    }
}
