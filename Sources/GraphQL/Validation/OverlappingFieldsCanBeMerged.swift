/// Fields with the same response name must be the same field with the same arguments, unless they can't apply to the
/// same object; and their values must have the same shape in any case.
///
/// Spec: 5.3.2 Field Selection Merging
extension ValidationContext {
    mutating func overlappingFieldsCanBeMerged() {
        guard document.selections.count > 1, wants(.overlappingFieldsCanBeMerged) else { return }
        var merging = FieldMerging(self)
        let verdict = merging.verdict()
        if case .mergeable = verdict { return }
        // What remains is to say it as graphql-js does, or to decide it pair by pair.
        var search = FieldConflicts(self)
        var isReported = false
        for selectionSet in selectionSets() where !search.isExhausted && wants(.overlappingFieldsCanBeMerged) {
            for conflict in search.conflicts(within: selectionSet) {
                report(conflict)
                isReported = true
            }
        }
        if isReported { return }
        if case .conflict(let conflict) = verdict {
            report(conflict)
        } else if search.isExhausted {
            report(.overlappingFieldsCanBeMerged, "The fields of this document are too complex to be merged.", at: [])
        }
    }

    /// All selection sets of the document, in source order.
    private func selectionSets() -> [NodeRange<SelectionNode>] {
        var selectionSets = document.operations.map(\.selectionSet) + document.fragments.map(\.selectionSet)
        for (position, node) in document.selections.enumerated() where node.hasSelectionSet {
            selectionSets.append(document.selectionSet(of: Index(position)))
        }
        return selectionSets.sorted { $0.lower < $1.lower }
    }

    private mutating func report(_ conflict: FieldConflict) {
        guard wants(.overlappingFieldsCanBeMerged) else { return }
        report(
            .overlappingFieldsCanBeMerged,
            "Fields \"\(name(conflict.responseName))\" conflict because \(explanation(of: conflict)). "
                + "Use different aliases on the fields to fetch both if this was intentional.",
            at: (conflict.left + conflict.right).map { document[$0].offset })
    }

    private func explanation(of conflict: FieldConflict) -> String {
        var text = ""
        append(conflict.reason, to: &text)
        return text
    }

    private func append(_ reason: FieldConflict.Reason, to text: inout String) {
        switch reason {
        case .differentFields(let left, let right):
            text += "\"\(name(left))\" and \"\(name(right))\" are different fields"
        case .differentArguments:
            text += "they have differing arguments"
        case .differentTypes(let left, let right):
            let (left, right) = (schema.name(of: left), schema.name(of: right))
            text += "they return conflicting types \"\(left)\" and \"\(right)\""
        case .subfields(let conflicts):
            for (position, conflict) in conflicts.enumerated() {
                if position > 0 { text += " and " }
                text += "subfields \"\(name(conflict.responseName))\" conflict because "
                append(conflict.reason, to: &text)
            }
        }
    }
}

extension SchemaFacts {
    /// Whether values of both types look alike in a response, leaving aside the fields of objects.
    ///
    /// Spec: 5.3.2 SameResponseShape()
    func haveSameShape(_ left: TypeReference, _ right: TypeReference) -> Bool {
        guard left.wrappers == right.wrappers else { return false }
        return left.namedType == right.namedType
            || types[left.namedType.position].isComposite && types[right.namedType.position].isComposite
    }
}
