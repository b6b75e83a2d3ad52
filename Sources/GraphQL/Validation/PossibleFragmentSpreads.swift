/// A fragment must be able to apply where it is spread: some object type must fit both it and what is around it.
///
/// Spec: 5.5.2.3 Fragment Spread Is Possible
extension ValidationContext {
    mutating func possibleFragmentSpreads(spread: SelectionNode, in parentType: TypeID?) {
        guard let parentType, let fragment = fragmentNamed[spread.name.id.position],
            let type = compositeType(named: document[fragment].typeCondition.id), !schema.canOverlap(type, parentType),
            wants(.possibleFragmentSpreads)
        else { return }
        report(
            .possibleFragmentSpreads,
            "Fragment \"\(name(spread.name.id))\" cannot be spread here as objects of type "
                + "\"\(typeName(parentType))\" can never be of type \"\(typeName(type))\".",
            at: spread.offset)
    }

    mutating func possibleFragmentSpreads(
        inlineFragment: SelectionNode, on type: TypeID?, in parentType: TypeID?
    ) {
        guard let parentType, let type, !schema.canOverlap(type, parentType), wants(.possibleFragmentSpreads) else {
            return
        }
        report(
            .possibleFragmentSpreads,
            "Fragment cannot be spread here as objects of type \"\(typeName(parentType))\" can never be of type "
                + "\"\(typeName(type))\".",
            at: inlineFragment.offset)
    }
}
