import Synchronization

/// A valid operation, ready to be executed any number of times.
package final class PreparedOperation: Sendable {
    let document: Document
    let definition: OperationDefinitionNode
    let names: DocumentNames
    let fragments: FragmentTable
    let limits: Limits
    /// How many fields a plan has at most.
    let maximumPlannedFields: Int
    /// What the operation costs, or how to find out where variables decide; nil when nobody wants to know.
    private let fixedCost: Int?
    private let complexity: Complexity?
    /// Whether it asks for nothing but the type system: `__typename`, `__schema` and `__type`.
    package let isIntrospection: Bool
    /// Whether the document selects `__schema` or `__type` anywhere.
    package let selectsSchema: Bool
    /// The variables that occur in `@skip` and `@include`.
    private let conditionVariables: [NameID]
    /// Plans with the values of those variables.
    private let plans = Mutex<[(conditions: [Value], plan: PlannedOperation)]>([])

    /// How many plans are kept.
    private static let maximumPlans = 8
    /// About what a planned field takes: `cache.memory` of the engine's benchmark measured 310 bytes without arguments,
    /// and 390 where every other field has one.
    private static let bytesPerField = 400

    /// What the operation costs with these variables; nil when that is not limited.
    func cost(_ variables: VariableValues) -> Int? { fixedCost ?? complexity?.cost(variables) }

    /// How much memory the document and its plans take, those that are still to be made included.
    var estimatedBytes: Int {
        document.estimatedBytes + maximumPlannedFields * Self.bytesPerField * possiblePlans
    }

    /// A condition is true, false or null.
    private var possiblePlans: Int {
        conditionVariables.reduce(1) { plans, _ in min(plans * 3, Self.maximumPlans) }
    }

    init(
        _ definition: OperationDefinitionNode, in context: borrowing ValidationContext, complexity: consuming Complexity
    ) {
        let document = context.document
        self.document = document
        self.definition = definition
        names = context.names
        fragments = context.fragmentNamed
        limits = context.limits
        maximumPlannedFields = complexity.maximumPlannedFields
        isIntrospection = document.selections(in: definition.selectionSet).allSatisfy { index in
            let selection = document.selections[index.position]
            return selection.kind == .field && document.name(selection.name.id).hasPrefix("__")
        }
        let (schema, type) = (document.names.find("__schema"), document.names.find("__type"))
        selectsSchema =
            (schema != nil || type != nil)
            && document.selections.contains { $0.kind == .field && ($0.name.id == schema || $0.name.id == type) }
        let isWanted = limits.complexity != nil
        fixedCost = isWanted && !complexity.dependsOnVariables ? complexity.cost(.none) : nil
        var variables: [NameID] = []
        var seen: Set<NameID> = []
        for directive in document.directives {
            let name = document.name(directive.name.id)
            guard name == "skip" || name == "include" else { continue }
            for argument in document[directive.arguments] {
                let value = document.values[argument.value.position]
                if value.kind == .variable, seen.insert(value.name).inserted { variables.append(value.name) }
            }
        }
        conditionVariables = variables
        if isWanted, fixedCost == nil { self.complexity = consume complexity } else { self.complexity = nil }
    }

    package var operationType: OperationType { definition.operationType }

    /// The operation's name; nil when it has none.
    package var name: String? { definition.name.id == .none ? nil : document.name(definition.name.id) }

    /// How many fields a plan may have; nil when that is not limited.
    private var planLimit: Int? { limits.fields.map { max($0, Self.minimumPlanLimit) } }

    /// Fields of abstract types count in a plan for each object type: it has room for more than an operation selects.
    private static let minimumPlanLimit = 100_000

    /// The plan for these variables, made when it is first asked for.
    ///
    /// One that could exceed its limit is not kept: what other requests have met must not count.
    func plan(_ bound: BoundSchema, _ variables: VariableValues) -> PlannedOperation {
        let exceededLimit = planLimit.flatMap { $0 < maximumPlannedFields ? $0 : nil }
        let key = conditionVariables.map { variables[$0] ?? .null }
        if let known = plans.withLock({ $0.first { $0.conditions == key }?.plan }) { return known }
        var conditions = VariableValues()
        for (name, value) in zip(conditionVariables, key) { conditions.set(name, to: value) }
        let plan = PlannedOperation(
            document, definition, bound: bound, names: names, fragments: fragments,
            conditions: conditions, limits: limits, maximumFields: exceededLimit)
        if exceededLimit != nil { return plan }
        plans.withLock { plans in
            if plans.count >= Self.maximumPlans { plans.removeAll() }
            plans.append((key, plan))
        }
        return plan
    }
}
