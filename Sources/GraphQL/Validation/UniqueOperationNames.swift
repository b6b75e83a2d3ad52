/// No two operations may have the same name.
///
/// Spec: 5.2.2.1 Operation Name Uniqueness
extension ValidationContext {
    mutating func uniqueOperationNames() {
        guard document.operations.count > 1 else { return }
        beginMarking()
        for operation in document.operations where operation.name.id != .none {
            guard !insertMark(operation.name.id), wants(.uniqueOperationNames) else { continue }
            guard let first = document.operations.first(where: { $0.name.id == operation.name.id }) else { continue }
            report(
                .uniqueOperationNames, "There can be only one operation named \"\(name(operation.name.id))\".",
                at: first.name.offset, operation.name.offset)
        }
    }
}
