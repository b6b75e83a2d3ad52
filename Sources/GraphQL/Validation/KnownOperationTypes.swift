/// The schema must have a root type for the kind of each operation.
///
/// Spec: 5.2.1.1 Operation Type Existence
extension ValidationContext {
    mutating func knownOperationTypes(_ operation: OperationDefinitionNode) {
        guard schema.rootType(for: operation.operationType) == nil, wants(.knownOperationTypes) else { return }
        report(
            .knownOperationTypes, "The \(operation.operationType) operation is not supported by the schema.",
            at: operation.offset)
    }
}
