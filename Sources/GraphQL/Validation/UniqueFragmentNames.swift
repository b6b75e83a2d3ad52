/// No two fragments may have the same name.
///
/// Spec: 5.5.1.1 Fragment Name Uniqueness
extension ValidationContext {
    mutating func uniqueFragmentNames() {
        guard document.fragments.count > 1 else { return }
        beginMarking()
        for fragment in document.fragments {
            guard !insertMark(fragment.name.id), wants(.uniqueFragmentNames) else { continue }
            guard let first = document.fragments.first(where: { $0.name.id == fragment.name.id }) else { continue }
            report(
                .uniqueFragmentNames, "There can be only one fragment named \"\(name(fragment.name.id))\".",
                at: first.name.offset, fragment.name.offset)
        }
    }
}
