/// No two variables of an operation may have the same name.
///
/// Spec: 5.8.1 Variable Uniqueness
extension ValidationContext {
    mutating func uniqueVariableNames(_ operation: OperationDefinitionNode) {
        let definitions = operation.variableDefinitions
        guard definitions.count > 1 else { return }
        let repeated = repeatedNames(document.variableDefinitions[definitions.positions].lazy.map(\.name.id))
        for name in repeated where wants(.uniqueVariableNames) {
            let offsets = document.variableDefinitions[definitions.positions]
                .filter { $0.name.id == name }
                .map { document.offset(ofNameBehindDollar: $0.name.offset) }
            report(
                .uniqueVariableNames, "There can be only one variable named \"$\(self.name(name))\".", at: offsets)
        }
    }
}

extension Document {
    /// Only ignored characters can stand between a `$` and its name.
    fileprivate func offset(ofNameBehindDollar offset: UInt32) -> UInt32 {
        var position = Int(offset) + 1
        while source.bytes[position] <= UInt8(ascii: ",") { position += 1 }
        return UInt32(position)
    }
}
