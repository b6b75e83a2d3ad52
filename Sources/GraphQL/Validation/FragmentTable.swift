/// The fragments of a document by name. It takes no memory for a document without any.
struct FragmentTable: Sendable {
    /// By the position of the name.
    private var fragments: ContiguousArray<Index<FragmentDefinitionNode>?> = []

    init(_ document: Document) {
        guard !document.fragments.isEmpty else { return }
        fragments = ContiguousArray(filledWith: nil, count: document.names.count)
        for (position, fragment) in document.fragments.enumerated() {
            fragments[fragment.name.id.position] = Index(position)
        }
    }

    /// The fragment that a name stands for, by the name's position; nil when there is none. Of several the last.
    subscript(position: Int) -> Index<FragmentDefinitionNode>? {
        fragments.isEmpty ? nil : fragments[position]
    }
}
