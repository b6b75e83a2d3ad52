extension Complexity {
    /// How many fields the plans of an operation have at most, for one set of values that decide `@skip` and `@include`:
    /// an upper bound, at most `maximum`.
    ///
    /// What is selected of a field of abstract type is planned anew for each object type that its values turn out to
    /// have, and so is all that is in it. Not all of them need to occur, equal fields are merged and equal selections
    /// share a plan: the plans may be much smaller, but never larger.
    var maximumPlannedFields: Int {
        var known = ContiguousArray(
            repeating: PlannedFields(ofOneType: 0, ofAllTypes: 0), count: order.isEmpty ? 0 : document.fragments.count)
        for fragment in order {
            let node = document[fragment]
            known[fragment.position] = PlannedFields(
                ofOneType: plannedFields(node.selectionSet, types: 1, known),
                ofAllTypes: plannedFields(node.selectionSet, types: objectTypes(node.typeCondition.id), known))
        }
        return plannedFields(operation.selectionSet, types: 1, known)
    }

    /// What a fragment adds where one object type is possible, and where all are to which the fragment applies.
    private struct PlannedFields {
        let ofOneType: Int
        let ofAllTypes: Int
    }

    /// A selection set that is being looked through.
    private struct Scope {
        let end: UInt32
        /// How many plans the field has that it belongs to.
        let plans: Int
        /// For how many object types each of them plans it.
        let types: Int
    }

    /// How many fields a selection set adds to one plan of the field that it belongs to, where that plans it for so many
    /// object types.
    private func plannedFields(
        _ range: NodeRange<SelectionNode>, types: Int, _ known: ContiguousArray<PlannedFields>
    ) -> Int {
        var count = 0
        var open = [Scope(end: .max, plans: 1, types: types)]
        for position in range.positions {
            while let last = open.last, last.end == position { open.removeLast() }
            guard let scope = open.last else { break }
            let node = document.selections[position]
            switch node.kind {
            case .field:
                let plans = product(scope.plans, scope.types)
                count = sum(count, plans)
                guard node.hasSelectionSet, let field = binding.definition(of: Index(position)) else { continue }
                let type = schema.facts.fields[field.position].type.namedType
                open.append(Scope(end: node.next, plans: plans, types: objectTypes(type)))
            case .inlineFragment:
                let types = node.name.id == .none ? scope.types : min(scope.types, objectTypes(node.name.id))
                open.append(Scope(end: node.next, plans: scope.plans, types: types))
            case .fragmentSpread:
                guard let fragment = fragmentNamed[node.name.id.position] else { continue }
                let fields = known[fragment.position]
                let added = min(product(fields.ofOneType, scope.types), fields.ofAllTypes)
                count = sum(count, product(scope.plans, added))
            }
        }
        return count
    }

    private func objectTypes(_ type: TypeID) -> Int { schema.facts.types[type.position].possibleTypes }

    /// How many object types a type condition applies to.
    private func objectTypes(_ condition: NameID) -> Int {
        schema.type(named: names[condition]).map { objectTypes($0) } ?? 0
    }
}
