/// A fragment must not spread itself, neither directly nor through others.
///
/// Spec: 5.5.2.2 Fragment Spreads Must Not Form Cycles
extension ValidationContext {
    mutating func noFragmentCycles() {
        if hasFragmentCycle() { reportFragmentCycles() }
    }

    /// Takes away the fragments that no other spreads, until only those of cycles are left.
    private func hasFragmentCycle() -> Bool {
        guard !spreads.isEmpty, !document.fragments.isEmpty else { return false }
        /// The fragment that each spread names.
        let targets = spreads.map { fragmentNamed[document.selections[$0.position].name.id.position]?.position ?? -1 }
        var spreadCounts = ContiguousArray(filledWith: 0, count: document.fragments.count)
        for usages in fragmentUsages {
            for spread in usages.spreads where targets[spread] >= 0 { spreadCounts[targets[spread]] += 1 }
        }
        var unspread = spreadCounts.indices.filter { spreadCounts[$0] == 0 }
        var removed = 0
        while let position = unspread.popLast() {
            removed += 1
            for spread in fragmentUsages[position].spreads where targets[spread] >= 0 {
                spreadCounts[targets[spread]] -= 1
                if spreadCounts[targets[spread]] == 0 { unspread.append(targets[spread]) }
            }
        }
        return removed < document.fragments.count
    }

    // MARK: Reporting

    /// A fragment whose spreads are being followed.
    private struct OpenFragment {
        let name: NameID
        let spreads: [Index<SelectionNode>]
        var next = 0
    }

    /// Follows the spreads depth first and reports each that leads back to a fragment still open.
    private mutating func reportFragmentCycles() {
        var visited: Set<NameID> = []
        /// The spreads that were followed to get here.
        var path: [Index<SelectionNode>] = []
        /// How long the path was where each open fragment was reached.
        var pathLength: [NameID: Int] = [:]
        var open: [OpenFragment] = []
        func enter(_ fragment: FragmentDefinitionNode) -> Bool {
            guard visited.insert(fragment.name.id).inserted else { return false }
            let spreads = spreads(in: fragment.selectionSet)
            guard !spreads.isEmpty else { return false }
            pathLength[fragment.name.id] = path.count
            open.append(OpenFragment(name: fragment.name.id, spreads: spreads))
            return true
        }
        for fragment in document.fragments {
            guard enter(fragment) else { continue }
            while let current = open.last, wants(.noFragmentCycles) {
                guard current.next < current.spreads.count else {
                    open.removeLast()
                    pathLength[current.name] = nil
                    if !open.isEmpty { path.removeLast() }
                    continue
                }
                open[open.count - 1].next += 1
                let spread = current.spreads[current.next]
                let name = document[spread].name.id
                path.append(spread)
                if let start = pathLength[name] {
                    reportFragmentCycle(name, path[start...])
                    path.removeLast()
                } else {
                    let fragment = fragmentNamed[name.position].map { document[$0] }
                    if !(fragment.map(enter) ?? false) { path.removeLast() }
                }
            }
        }
    }

    private mutating func reportFragmentCycle(_ fragment: NameID, _ path: ArraySlice<Index<SelectionNode>>) {
        let via = path.dropLast().map { "\"\(name(document[$0].name.id))\"" }.joined(separator: ", ")
        report(
            .noFragmentCycles,
            "Cannot spread fragment \"\(name(fragment))\" within itself\(via.isEmpty ? "" : " via \(via)").",
            at: path.map { document[$0].offset })
    }

    /// The spreads of a selection set, as deep as they are, in the order in which graphql-js follows them.
    private func spreads(in selectionSet: NodeRange<SelectionNode>) -> [Index<SelectionNode>] {
        var spreads: [Index<SelectionNode>] = []
        var pending = [selectionSet]
        while let range = pending.popLast() {
            for selection in document.selections(in: range) {
                let node = document[selection]
                if node.kind == .fragmentSpread {
                    spreads.append(selection)
                } else if node.hasSelectionSet {
                    pending.append(document.selectionSet(of: selection))
                }
            }
        }
        return spreads
    }
}
