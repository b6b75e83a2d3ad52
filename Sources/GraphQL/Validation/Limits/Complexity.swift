/// What an operation costs at most, by what its schema says of its fields.
///
/// A field with fields of its own costs 1 and a leaf nothing, unless `@cost` says otherwise. What is selected of a list's
/// items counts as often as there are items, as far as `@listSize` tells: by the value of a slicing argument, else by
/// the assumed size. Fragments are looked at once, whatever they unfold into.
struct Complexity: ~Copyable, Sendable {
    let document: Document
    let schema: Schema
    let names: DocumentNames
    let binding: DocumentBinding
    let fragmentNamed: FragmentTable
    let order: FragmentOrder
    let operation: OperationDefinitionNode
    /// Whether variables decide about the size of a list.
    let dependsOnVariables: Bool

    /// More than this is not counted.
    static let maximum = 1_000_000_000

    init(of operation: OperationDefinitionNode, _ order: FragmentOrder, in context: borrowing ValidationContext) {
        self.operation = operation
        document = context.document
        schema = context.schema
        names = context.names
        binding = context.binding
        fragmentNamed = context.fragmentNamed
        self.order = order
        dependsOnVariables = !operation.variableDefinitions.isEmpty && schema.hasSlicingArguments
    }

    /// A list, or an object with lists of a known size, whose selection set is open.
    private struct Open {
        let end: UInt32
        /// How often what is selected in it counts.
        let factor: Int
        /// The size of the fields named `sizedFields` in it.
        let size: Int
        let sizedFields: [String]

        /// How many items the field of this name has, as far as it is told here.
        func size(of name: String) -> Int { sizedFields.contains(name) ? size : 1 }
    }

    /// What a selection set costs, wherever it stands.
    private struct Cost {
        var rest = 0
        /// What is selected of its own fields whose size may be told where it stands, by the position of their names
        /// in `Schema.sizedFields`.
        var sized: [Int]

        var total: Int { sized.reduce(rest) { min($0 + $1, Complexity.maximum) } }

        /// Adds to what is selected of a field whose size may be told elsewhere, or to the rest.
        mutating func add(_ amount: Int, toSized name: Int?) {
            if let name {
                sized[name] = min(sized[name] + amount, Complexity.maximum)
            } else {
                rest = min(rest + amount, Complexity.maximum)
            }
        }
    }

    /// The cost with these variables, at most `maximum`.
    func cost(_ variables: VariableValues) -> Int {
        let none = Cost(sized: [Int](repeating: 0, count: schema.sizedFields.count))
        var known = ContiguousArray(repeating: none, count: order.isEmpty ? 0 : document.fragments.count)
        for fragment in order {
            known[fragment.position] = cost(document[fragment].selectionSet, known, none, variables)
        }
        return cost(operation.selectionSet, known, none, variables).total
    }

    private func cost(
        _ range: NodeRange<SelectionNode>, _ known: ContiguousArray<Cost>, _ none: Cost, _ variables: VariableValues
    ) -> Cost {
        var cost = none
        var open: [Open] = []
        /// Of the outermost field that is open, when its size may be told elsewhere.
        var sized: Int?
        for position in range.positions {
            while let last = open.last, last.end == position { open.removeLast() }
            if open.isEmpty { sized = nil }
            let factor = open.last?.factor ?? 1
            let node = document.selections[position]
            switch node.kind {
            case .inlineFragment: continue
            case .fragmentSpread:
                guard let fragment = fragmentNamed[node.name.id.position] else { continue }
                let spread = known[fragment.position]
                cost.add(product(factor, spread.rest), toSized: sized)
                for (name, amount) in spread.sized.enumerated() where amount > 0 {
                    if let around = open.last {
                        let times = product(factor, around.size(of: schema.sizedFields[name]))
                        cost.add(product(times, amount), toSized: sized)
                    } else {
                        cost.add(amount, toSized: name)
                    }
                }
            case .field:
                guard let id = binding.definition(of: Index(position)) else { continue }
                let hints = schema.costHints(of: id)
                let weight = hints?.weight ?? (schema.facts.fields[id.position].isComposite ? 1 : 0)
                cost.add(product(factor, weight), toSized: sized)
                guard node.hasSelectionSet else { continue }
                if open.isEmpty, !schema.sizedFields.isEmpty {
                    sized = schema.sizedFields.firstIndex(of: schema[id].name)
                }
                let size = hints.map { self.size($0, id, node, variables) } ?? 1
                let sizedFields = hints?.sizedFields ?? []
                let own = open.last.map { $0.sizedFields.isEmpty ? 1 : $0.size(of: schema[id].name) } ?? 1
                let inner = product(product(factor, own), sizedFields.isEmpty ? size : 1)
                open.append(Open(end: node.next, factor: inner, size: size, sizedFields: sizedFields))
            }
        }
        return cost
    }

    /// How many items a list has at most; 1 where nothing tells.
    private func size(
        _ hints: CostHints, _ field: FieldID, _ node: SelectionNode, _ variables: VariableValues
    ) -> Int {
        let sizes = hints.slicingArguments.compactMap { slicedSize(schema[field].arguments[$0], node, variables) }
        return max(0, sizes.max() ?? hints.assumedSize ?? 1)
    }

    private func slicedSize(
        _ definition: InputValueDefinition, _ node: SelectionNode, _ variables: VariableValues
    ) -> Int? {
        var value = definition.defaultValue
        for argument in document[node.arguments] where names[argument.name.id] == definition.schemaName {
            value = document.value(of: argument.value, variables: variables) ?? value
        }
        guard case .int(let size)? = value else { return nil }
        return size
    }

    func sum(_ left: Int, _ right: Int) -> Int { min(left + right, Self.maximum) }

    func product(_ left: Int, _ right: Int) -> Int {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        return overflow ? Self.maximum : min(product, Self.maximum)
    }
}

extension PreparedOperation {
    /// The error that the operation costs too much with these variables; nil when it doesn't.
    func maxComplexity(_ variables: VariableValues) -> GraphQLError? {
        guard let limit = limits.complexity, let cost = cost(variables), cost > limit else { return nil }
        let found = cost < Complexity.maximum ? "\(cost)" : "\(cost) or more"
        return GraphQLError(
            "The operation has a complexity of \(found); the limit is \(limit).",
            locations: [document.location(definition.offset)])
    }
}
