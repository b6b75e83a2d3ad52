extension PreparedOperation {
    /// Says whether arguments of fields take a variable, given by its name without the `$`, in more than one place. The
    /// places in a fragment count as often as the operation spreads it.
    package func usesRepeatedly(_ variable: String) -> Bool {
        guard let name = document.names.find(variable) else { return false }
        var places = 0
        // Twice is as good as often: whatever its fragments would unfold into, each is looked at twice at most.
        var visits = ContiguousArray(filledWith: 0, count: document.fragments.count)
        var pending = [definition.selectionSet.positions]
        while let selections = pending.popLast() {
            for node in document.selections[selections] {
                if node.kind == .fragmentSpread, let fragment = fragments[node.name.id.position],
                    visits[fragment.position] < 2
                {
                    visits[fragment.position] += 1
                    pending.append(document[fragment].selectionSet.positions)
                }
                for argument in document[node.arguments] {
                    let value = argument.value.position
                    let values = document.values[value..<Int(document.values[value].next)]
                    places += values.count { $0.kind == .variable && $0.name == name }
                }
            }
            if places > 1 { return true }
        }
        return false
    }
}
