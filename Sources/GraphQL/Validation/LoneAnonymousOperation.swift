/// An operation without a name must be the only one.
///
/// Spec: 5.2.3.1 Lone Anonymous Operation
extension ValidationContext {
    mutating func loneAnonymousOperation() {
        guard document.operations.count > 1 else { return }
        for operation in document.operations where operation.name.id == .none && wants(.loneAnonymousOperation) {
            report(
                .loneAnonymousOperation, "This anonymous operation must be the only defined operation.",
                at: operation.offset)
        }
    }
}
