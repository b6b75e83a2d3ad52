/// Resolves a field of a parent and completes its value.
///
/// The parent's pointer is valid for the call and points to the Swift type that the parent's GraphQL type was bound
/// to: the binder makes the resolvers of a type for its Swift type, and the start refuses resolvers that return another.
@safe
@usableFromInline
struct FieldResolver: Sendable {
    @usableFromInline
    typealias Function = @Sendable (UnsafeRawPointer, FieldPlan, inout Execution) -> Completion

    @usableFromInline let resolve: Function

    @inlinable init(_ resolve: @escaping Function) { unsafe self.resolve = resolve }
}

/// A collected field of one object type, with everything decided that doesn't depend on data.
///
/// It is a pointer into the storage of its `SelectionPlan`. Proof of `@unchecked Sendable`: plans never change.
/// Whoever holds a field keeps the operation's plan alive, which owns every selection plan that was made for it.
///
/// Spec: 6.3.2 Field Collection, an entry of the collected fields map
@safe
@usableFromInline
package struct FieldPlan: @unchecked Sendable {
    /// Not copyable, so that calling its resolver through a pointer doesn't retain it: 25 ns a field.
    @usableFromInline
    struct Storage: ~Copyable {
        /// Numbers the fields of a plan.
        let index: Int
        let responseName: String
        let definition: FieldID
        /// The field's type without its wrappers.
        let namedType: TypeID
        @usableFromInline let wrappers: TypeWrappers
        let isNonNull: Bool
        /// The sub-selection, when the field's type is an object type.
        let selection: SelectionPlan?
        /// The sub-selections by run-time type, when the field's type is abstract.
        let possibleSelections: PossibleSelections?
        let arguments: ArgumentPlan
        /// Where the field is written: several when equal fields were merged.
        let nodes: [Index<SelectionNode>]
        let resolver: FieldResolver
        /// `"responseName":`, escaped, for copying into the response.
        let key: [UInt8]
    }

    @usableFromInline let storage: UnsafePointer<Storage>

    init(_ storage: UnsafePointer<Storage>) { unsafe self.storage = storage }

    var index: Int { unsafe storage.pointee.index }
    @usableFromInline var responseName: String { unsafe storage.pointee.responseName }
    var definition: FieldID { unsafe storage.pointee.definition }
    var namedType: TypeID { unsafe storage.pointee.namedType }
    @inlinable var wrappers: TypeWrappers { unsafe storage.pointee.wrappers }
    var isNonNull: Bool { unsafe storage.pointee.isNonNull }
    var selection: SelectionPlan? { unsafe storage.pointee.selection }
    var possibleSelections: PossibleSelections? { unsafe storage.pointee.possibleSelections }
    var arguments: ArgumentPlan { unsafe storage.pointee.arguments }
    var nodes: [Index<SelectionNode>] { unsafe storage.pointee.nodes }
}

/// The arguments of a planned field.
///
/// Spec: 6.4.1 CoerceArgumentValues()
@usableFromInline
enum ArgumentPlan: Sendable {
    /// Known when the plan was made; by the position of the argument's definition.
    case constant([Value?])
    /// To be coerced once per request, since variables occur in them.
    case perRequest
    /// They don't coerce, whatever the variables.
    case invalid(GraphQLError)
}

/// The collected fields of one object type under one selection set, in the order of the response.
///
/// Invariant, and the proof of `unsafe` and `@unchecked Sendable`: `fields` points to `count` initialised plans that
/// this object owns. The planner appends them before anyone else sees the object; then they never change.
@safe
final class SelectionPlan: @unchecked Sendable {
    private let fields: UnsafeMutablePointer<FieldPlan.Storage>
    private let capacity: Int
    private(set) var count = 0
    /// Room for all keys, commas and braces.
    private(set) var keyBytes = 2
    /// Why no fields could be collected: a variable that decides `@skip` or `@include` is null.
    let failure: GraphQLError?

    /// Makes a plan without fields, with room for `capacity` of them.
    init(capacity: Int, failure: GraphQLError? = nil) {
        unsafe fields = .allocate(capacity: capacity)
        self.capacity = capacity
        self.failure = failure
    }

    deinit {
        unsafe fields.deinitialize(count: count)
        unsafe fields.deallocate()
    }

    /// For the planner alone.
    func append(_ field: consuming FieldPlan.Storage) {
        precondition(count < capacity, "A selection plan has room for every collected field.")
        keyBytes += field.key.count + 1
        unsafe (fields + count).initialize(to: field)
        count += 1
    }

    subscript(position: Int) -> FieldPlan { unsafe FieldPlan(fields + position) }
}
