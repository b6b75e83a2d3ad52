import Synchronization

/// An operation whose selections are collected and bound to resolvers: all of an execution that data doesn't decide.
///
/// Spec: 6.2 Executing Operations
final class PlannedOperation: Sendable {
    let document: Document
    let bound: BoundSchema
    let definition: OperationDefinitionNode
    /// The schema's names for those of the document.
    let names: DocumentNames
    let fragments: FragmentTable
    /// The values of the variables that decide `@skip` and `@include`: a plan holds for these only.
    let conditions: VariableValues
    let limits: Limits
    /// How many fields the plan may have; nil when it has no more anyway.
    private let maximumFields: Int?
    private let rootSelection: Mutex<SelectionPlan?> = Mutex(nil)
    private let plannedFields = Atomic<Int>(0)
    private let lastResponseBytes = Atomic<Int>(1024)

    init(
        _ document: Document, _ definition: OperationDefinitionNode, bound: BoundSchema,
        names: DocumentNames, fragments: FragmentTable, conditions: VariableValues, limits: Limits,
        maximumFields: Int?
    ) {
        self.document = document
        self.definition = definition
        self.bound = bound
        self.names = names
        self.conditions = conditions
        self.limits = limits
        self.maximumFields = maximumFields
        self.fragments = fragments
    }

    var schema: Schema { bound.schema }

    /// Room for a response of the size that the last one had.
    var expectedBytes: Int { lastResponseBytes.load(ordering: .relaxed) }

    func noteResponse(bytes: Int) {
        lastResponseBytes.store(min(bytes + bytes / 8 + 64, 1 << 22), ordering: .relaxed)
    }

    /// The plan of the root selection set, made when it is first asked for.
    ///
    /// - Throws: when the operation selects more fields than `maximumFields` after its fragments are expanded.
    func root() throws(GraphQLError) -> SelectionPlan {
        if let plan = rootSelection.withLock({ $0 }) { return plan }
        guard let type = schema.rootType(for: definition.operationType) else {
            throw GraphQLError("The schema doesn't define a root type for this operation.")
        }
        var planner = Planner(self)
        let plan = try planner.selectionPlan(of: type, SelectionSets(first: definition.selectionSet))
        // Two requests may have made it at once; all use the first, which this object keeps alive.
        return rootSelection.withLock { known in
            if let first = known { return first }
            known = plan
            return plan
        }
    }

    /// Numbers a planned field.
    func nextFieldIndex() throws(GraphQLError) -> Int {
        try checkFieldCount()
        return plannedFields.add(1, ordering: .relaxed).oldValue
    }

    /// Throws when the plan has as many fields as it may.
    func checkFieldCount() throws(GraphQLError) {
        guard let maximumFields, plannedFields.load(ordering: .relaxed) >= maximumFields else { return }
        throw GraphQLError(
            "The operation selects more than \(maximumFields) fields, counted for each object type that occurs.")
    }
}

/// The sub-selections of a field of abstract type, each made when an object of its type first occurs.
@usableFromInline
final class PossibleSelections: Sendable {
    private let operation: PlannedOperationReference
    private let selectionSets: SelectionSets
    /// How many selection sets these stand in.
    private let depth: Int
    private let plans = Mutex<[TypeID: SelectionPlan]>([:])

    init(_ operation: PlannedOperation, _ selectionSets: SelectionSets, depth: Int) {
        self.operation = PlannedOperationReference(operation)
        self.depth = depth
        self.selectionSets = selectionSets
    }

    func selection(of type: TypeID) throws(GraphQLError) -> SelectionPlan {
        if let plan = plans.withLock({ $0[type] }) { return plan }
        guard let operation = operation.object else { throw GraphQLError("The operation has ended.") }
        try operation.checkFieldCount()
        var planner = Planner(operation, depth: depth)
        let plan = try planner.selectionPlan(of: type, selectionSets)
        // Two requests may have made it at once; all use the first.
        return plans.withLock { plans in
            if let first = plans[type] { return first }
            plans[type] = plan
            return plan
        }
    }
}

/// Doesn't keep the operation alive, whose plan it is part of.
private struct PlannedOperationReference: Sendable {
    weak let object: PlannedOperation?

    init(_ object: PlannedOperation) { self.object = object }
}
