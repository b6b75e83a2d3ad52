/// The type condition of a fragment must be an object, interface or union type.
///
/// Spec: 5.5.1.3 Fragments on Object, Interface or Union Types
extension ValidationContext {
    mutating func fragmentsOnCompositeTypes(_ fragment: FragmentDefinitionNode) {
        guard isNotComposite(fragment.typeCondition), wants(.fragmentsOnCompositeTypes) else { return }
        let type = name(fragment.typeCondition.id)
        report(
            .fragmentsOnCompositeTypes,
            "Fragment \"\(name(fragment.name.id))\" cannot condition on non composite type \"\(type)\".",
            at: fragment.typeCondition.offset)
    }

    /// - Parameter inlineFragment: one with a type condition.
    mutating func fragmentsOnCompositeTypes(_ inlineFragment: SelectionNode) {
        guard isNotComposite(inlineFragment.name), wants(.fragmentsOnCompositeTypes) else { return }
        let type = name(inlineFragment.name.id)
        report(
            .fragmentsOnCompositeTypes, "Fragment cannot condition on non composite type \"\(type)\".",
            at: inlineFragment.name.offset)
    }

    /// Whether there is such a type, and it is of another kind.
    private func isNotComposite(_ typeCondition: NameNode) -> Bool {
        guard let type = schema.type(named: names[typeCondition.id]) else { return false }
        return !facts.types[type.position].isComposite
    }
}
