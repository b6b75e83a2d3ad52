/// An operation must not use too many aliases: with them the same costly field can be asked for again and again.
extension ValidationContext {
    func maxAliases(_ operation: OperationDefinitionNode, _ order: FragmentOrder) -> String? {
        guard let limit = limits.aliases, mayExceed(limit, order) else { return nil }
        let count = expandedCount(operation, order) { $0.kind == .field && $0.responseName != $0.name.id }
        guard count > limit else { return nil }
        return "The operation uses \(Self.counted(count)) aliases, fragments included; the limit is \(limit)."
    }
}
