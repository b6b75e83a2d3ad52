/// A field of a scalar or enum type has no selection set, and every other field has one.
///
/// Spec: 5.3.3 Leaf Field Selections
extension ValidationContext {
    mutating func scalarLeafs(_ field: SelectionNode, _ type: TypeReference, isComposite: Bool) {
        guard isComposite != field.hasSelectionSet, wants(.scalarLeafs) else { return }
        let name = name(field.name.id)
        let type = schema.name(of: type)
        if isComposite {
            report(
                .scalarLeafs,
                "Field \"\(name)\" of type \"\(type)\" must have a selection of subfields. "
                    + "Did you mean \"\(name) { ... }\"?",
                at: field.offset)
        } else {
            report(
                .scalarLeafs, "Field \"\(name)\" must not have a selection since type \"\(type)\" has no subfields.",
                at: field.selectionSetOffset)
        }
    }
}
