/// Every fragment must be used by some operation.
///
/// Spec: 5.5.1.4 Fragments Must Be Used
extension ValidationContext {
    mutating func noUnusedFragments() {
        guard !document.fragments.isEmpty else { return }
        beginMarking()
        var pending: [Range<Int>] = operationUsages.map(\.spreads)
        while let range = pending.popLast() {
            for spread in spreads[range] {
                let name = document[spread].name.id
                guard insertMark(name), let fragment = fragmentNamed[name.position] else { continue }
                pending.append(fragmentUsages[fragment.position].spreads)
            }
        }
        for fragment in document.fragments where !isMarked(fragment.name.id) && wants(.noUnusedFragments) {
            report(
                .noUnusedFragments, "Fragment \"\(name(fragment.name.id))\" is never used.", at: fragment.offset)
        }
    }
}
