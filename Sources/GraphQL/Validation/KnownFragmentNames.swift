/// A spread must name a fragment that is defined.
///
/// Spec: 5.5.2.1 Fragment Spread Target Defined
extension ValidationContext {
    mutating func knownFragmentNames(_ spread: SelectionNode) {
        guard fragmentNamed[spread.name.id.position] == nil, wants(.knownFragmentNames) else { return }
        report(.knownFragmentNames, "Unknown fragment \"\(name(spread.name.id))\".", at: spread.name.offset)
    }
}
