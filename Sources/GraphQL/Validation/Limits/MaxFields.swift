/// An operation must not select too many fields after fragments are expanded: a plan has them all.
///
/// A fragment bomb (fragments that spread the next one several times) is found here, in time proportional to its text.
extension ValidationContext {
    func maxFields(_ operation: OperationDefinitionNode, _ order: FragmentOrder) -> String? {
        guard let limit = limits.fields, mayExceed(limit, order) else { return nil }
        let count = expandedCount(operation, order) { $0.kind == .field }
        guard count > limit else { return nil }
        return "The operation selects \(Self.counted(count)) fields, fragments included; the limit is \(limit)."
    }
}
