/// An operation must not select too many fields after fragments are expanded: a plan has them all.
///
/// A fragment bomb (fragments that spread the next one several times) is found here, in time proportional to its text.
extension ValidationContext {
    /// How many fields an operation selects after fragments are expanded, at most `manySelections`.
    func expandedFieldCount(of operation: OperationDefinitionNode, _ order: FragmentOrder) -> Int {
        expandedCount(operation, order) { $0.kind == .field }
    }

    func maxFields(_ count: Int) -> String? {
        guard let limit = limits.fields, count > limit else { return nil }
        return "The operation selects \(Self.counted(count)) fields, fragments included; the limit is \(limit)."
    }
}
