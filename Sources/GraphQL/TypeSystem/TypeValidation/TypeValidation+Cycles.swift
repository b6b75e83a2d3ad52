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
        var numbers: [FieldKey: Int] = [:]
        var owners: [(coordinate: String, field: Input)] = []
        for type in types where type.kind == .inputObject {
            for field in inputFields(of: type) where field.definition.defaultLiteral != nil {
                numbers[FieldKey(type: type.id, name: field.definition.name)] = owners.count
                owners.append(("\(type.name).\(field.definition.name)", field))
            }
        }
        let edges = owners.map { _, field in
            field.definition.defaultLiteral.map { takenIn(by: $0, as: field.definition.type.namedType, numbers) } ?? []
        }
        for cycle in CycleSearch.cycles(in: edges) {
            let others = cycle.dropFirst().map { owners[$0.node].coordinate }
            let via = others.isEmpty ? "" : " via the default values of: \(others.joined(separator: ", "))"
            report(
                "Invalid circular reference. The default value of Input Object field "
                    + "\(owners[cycle[0].node].coordinate) references itself\(via).",
                at: cycle.map { owners[$0.node].field.place })
        }
    }

    private struct FieldKey: Hashable {
        let type: TypeID
        let name: String
    }

    /// The fields whose default values a literal takes in, where it leaves them out.
    private func takenIn(by literal: Literal, as type: TypeID, _ numbers: [FieldKey: Int]) -> [Int] {
        let document = literal.document
        var taken: [Int] = []
        var pending = [(value: literal.value, type: type)]
        while let (value, type) = pending.popLast() {
            guard types[type.position].kind == .inputObject else { continue }
            switch document[value].kind {
            case .list: pending += document.children(of: value).map { ($0, type) }
            case .object:
                var given: [String: Index<ValueNode>] = [:]
                for field in document.children(of: value) {
                    given[document.name(document[field].fieldName.id)] = field
                }
                for field in types[type.position].inputFields {
                    if let value = given[field.name] {
                        pending.append((value, field.type.namedType))
                    } else if types[field.type.namedType.position].kind == .inputObject,
                        let number = numbers[FieldKey(type: type, name: field.name)]
                    {
                        taken.append(number)
                    }
                }
            default: continue
            }
        }
        return taken
    }
}

/// Finds cycles in a graph, depth first, without recursion: each node is entered once.
struct CycleSearch {
    /// A step of a cycle: from a node along one of its edges, by its position.
    typealias Step = (node: Int, edge: Int)

    /// Finds each way back to a node that is still open.
    ///
    /// - Parameter edges: for each node, the nodes that it leads to.
    /// - Returns: for each cycle the steps from a node to itself.
    static func cycles(in edges: [[Int]]) -> [[Step]] {
        var cycles: [[Step]] = []
        var visited = [Bool](repeating: false, count: edges.count)
        /// Where an open node stands in the path.
        var depth = [Int?](repeating: nil, count: edges.count)
        for start in edges.indices where !visited[start] {
            var path: [Step] = [(start, -1)]
            visited[start] = true
            depth[start] = 0
            while let (node, edge) = path.last {
                guard edge + 1 < edges[node].count else {
                    depth[node] = nil
                    path.removeLast()
                    continue
                }
                path[path.count - 1].edge += 1
                let target = edges[node][edge + 1]
                if let first = depth[target] {
                    cycles.append(Array(path[first...]))
                } else if !visited[target] {
                    visited[target] = true
                    depth[target] = path.count
                    path.append((target, -1))
                }
            }
        }
        return cycles
    }
}
