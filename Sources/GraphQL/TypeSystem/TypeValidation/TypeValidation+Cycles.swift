/// Spec: 3.10 Input Objects, Circular References
extension TypeValidation {
    /// An input object that must hold itself has no finite value.
    mutating func validateInputObjectCycles() {
        let fields = types.map { type in
            type.kind == .inputObject ? inputFields(of: type).filter { isRequiredObject($0.definition.type) } : []
        }
        let cycles = CycleSearch.cycles(in: fields.map { $0.map { $0.definition.type.namedType.position } })
        for cycle in cycles {
            let path = cycle.map { fields[$0.node][$0.edge] }
            let names = path.map(\.definition.name).joined(separator: ".")
            report(
                "Cannot reference Input Object \"\(types[cycle[0].node].name)\" within itself through a series of "
                    + "non-null fields: \"\(names)\".",
                at: path.map(\.place))
        }
    }

    private func isRequiredObject(_ type: TypeReference) -> Bool {
        type.isNonNull && !type.isList && types[type.namedType.position].kind == .inputObject
    }

    /// Default values that take each other in have no end.
    ///
    /// Spec: 3.10 InputObjectDefaultValueHasCycle()
    mutating func validateDefaultValueCycles() {
        let graph = DefaultValueGraph(types)
        var inputs: [TypeID: [Input]] = [:]
        func place(_ field: DefaultValueGraph.Field) -> SourcePlace {
            let known = inputs[field.type] ?? inputFields(of: types[field.type.position])
            inputs[field.type] = known
            return known[field.position].place
        }
        func coordinate(_ field: DefaultValueGraph.Field) -> String {
            let type = types[field.type.position]
            return "\(type.name).\(type.inputFields[field.position].name)"
        }
        for cycle in CycleSearch.cycles(in: graph.edges) {
            let names = cycle.map { coordinate(graph.fields[$0.node]) }
            let others = names.dropFirst()
            let via = others.isEmpty ? "" : " via the default values of: \(others.joined(separator: ", "))"
            report(
                "Invalid circular reference. The default value of Input Object field "
                    + "\(names[0]) references itself\(via).",
                at: cycle.map { place(graph.fields[$0.node]) })
        }
    }
}
