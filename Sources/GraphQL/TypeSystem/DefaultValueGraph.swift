/// Which default values of input fields take in which others: a literal takes in the defaults of the fields that it
/// leaves out.
///
/// Spec: 3.10 InputObjectDefaultValueHasCycle()
struct DefaultValueGraph {
    /// An input field with a default value.
    struct Field {
        let type: TypeID
        /// Among the type's input fields.
        let position: Int
        /// How deep the literal's objects and lists are nested.
        fileprivate(set) var depth = 1
    }

    private(set) var fields: [Field] = []
    /// For each field, those whose default values its own takes in, as positions in `fields`.
    private(set) var edges: [[Int]] = []

    init(_ types: ContiguousArray<NamedType>) {
        /// By the position of the type and then of the input field: the field's number.
        var numbers = [[Int?]](repeating: [], count: types.count)
        for type in types where type.inputFields.contains(where: { $0.defaultLiteral != nil }) {
            numbers[type.id.position] = type.inputFields.enumerated().map { position, field in
                guard field.defaultLiteral != nil else { return nil }
                fields.append(Field(type: type.id, position: position))
                return fields.count - 1
            }
        }
        edges.reserveCapacity(fields.count)
        for number in fields.indices {
            let definition = types[fields[number].type.position].inputFields[fields[number].position]
            var taken: [Int] = []
            if let literal = definition.defaultLiteral {
                fields[number].depth = Self.read(literal, as: definition.type.namedType, types, numbers, &taken)
            }
            // One that is left out at several places is taken in once.
            var known: Set<Int> = []
            edges.append(taken.filter { known.insert($0).inserted })
        }
    }

    /// Finds what a literal takes in, and returns its depth.
    private static func read(
        _ literal: Literal, as type: TypeID, _ types: ContiguousArray<NamedType>, _ numbers: [[Int?]],
        _ taken: inout [Int]
    ) -> Int {
        let document = literal.document
        var deepest = 1
        var pending = [(value: literal.value, type: type, depth: 1)]
        while let (value, type, depth) = pending.popLast() {
            deepest = max(deepest, depth)
            guard types[type.position].kind == .inputObject else { continue }
            switch document[value].kind {
            case .list: pending += document.children(of: value).map { ($0, type, depth + 1) }
            case .object:
                var given: [String: Index<ValueNode>] = [:]
                for field in document.children(of: value) {
                    given[document.name(document[field].fieldName.id)] = field
                }
                let numbers = numbers[type.position]
                for (position, field) in types[type.position].inputFields.enumerated() {
                    if let value = given[field.name] {
                        pending.append((value, field.type.namedType, depth + 1))
                    } else if !numbers.isEmpty, let number = numbers[position] {
                        taken.append(number)
                    }
                }
            default: continue
            }
        }
        return deepest
    }

    /// How deep a default value may be, with what it takes in.
    static let maximumDepth = 100

    /// The fields in an order in which each comes behind those that it takes in, as far as there are no cycles; apart
    /// from them, those whose values would be too deep.
    func sorted() -> (order: [Int], tooDeep: [Int]) {
        var order: [Int] = []
        var tooDeep: [Int] = []
        /// Of those that are done; zero for one that is open, -1 for one that is too deep.
        var depths = [Int?](repeating: nil, count: fields.count)
        for start in fields.indices where depths[start] == nil {
            var path = [(node: start, edge: 0)]
            depths[start] = 0
            while let (node, edge) = path.last {
                if edge < edges[node].count {
                    path[path.count - 1].edge += 1
                    let target = edges[node][edge]
                    if depths[target] == nil {
                        depths[target] = 0
                        path.append((target, 0))
                    }
                    continue
                }
                path.removeLast()
                let below = edges[node].map { depths[$0] ?? 0 }
                let depth = fields[node].depth + (below.max() ?? 0)
                let isTooDeep = below.contains(-1) || depth > Self.maximumDepth
                depths[node] = isTooDeep ? -1 : depth
                if isTooDeep { tooDeep.append(node) } else { order.append(node) }
            }
        }
        return (order, tooDeep)
    }
}
