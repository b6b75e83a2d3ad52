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
    /// Not copyable, so that nothing of it is retained when it is read through a pointer.
    @usableFromInline
    struct Storage: ~Copyable {
        // What is read for every value stands together.
        let resolver: FieldResolver
        /// Where the selection plan's keys hold this one.
        var keyOffset: Int32 = 0
        var keyCount: Int32 = 0
        @usableFromInline let wrappers: TypeWrappers
        let isNonNull: Bool
        /// The sub-selection's fields, when the field's type is an object type.
        @usableFromInline let selectedFields: CollectedFields?

        /// Numbers the fields of a plan.
        let index: Int
        let responseName: String
        let definition: FieldID
        /// The field's type without its wrappers.
        let namedType: TypeID
        /// Owns `selectedFields`.
        let selection: SelectionPlan?
        /// The sub-selections by run-time type, when the field's type is abstract.
        let possibleSelections: PossibleSelections?
        let arguments: ArgumentPlan
        /// Where the field is written first.
        let node: Index<SelectionNode>
        /// Where else it is written: equal fields were merged.
        let otherNodes: [Index<SelectionNode>]

        /// Calls the resolver in its place: a copy of it would be retained around the call.
        @inline(__always)
        borrowing func resolve(
            _ parent: UnsafeRawPointer, _ field: FieldPlan, _ execution: inout Execution
        ) -> Completion {
            unsafe resolver.resolve(parent, field, &execution)
        }
    }

    @usableFromInline let storage: UnsafePointer<Storage>

    init(_ storage: UnsafePointer<Storage>) { unsafe self.storage = storage }

    var index: Int { unsafe storage.pointee.index }
    var responseName: String { unsafe storage.pointee.responseName }
    var definition: FieldID { unsafe storage.pointee.definition }
    var namedType: TypeID { unsafe storage.pointee.namedType }
    @inlinable var wrappers: TypeWrappers { unsafe storage.pointee.wrappers }
    @inlinable var selectedFields: CollectedFields? { unsafe storage.pointee.selectedFields }
    var isNonNull: Bool { unsafe storage.pointee.isNonNull }
    var possibleSelections: PossibleSelections? { unsafe storage.pointee.possibleSelections }
    var arguments: ArgumentPlan { unsafe storage.pointee.arguments }
    var node: Index<SelectionNode> { unsafe storage.pointee.node }
    /// Where the field is written.
    var nodes: [Index<SelectionNode>] { unsafe [node] + storage.pointee.otherNodes }
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
    private let storage: UnsafeMutablePointer<FieldPlan.Storage>
    private let capacity: Int
    private(set) var count = 0
    /// What stands before each value, one after the other: `{"name":` for the first field, `,"name":` for the others.
    private var keys: ResponseBuffer
    /// Why no fields could be collected: a variable that decides `@skip` or `@include` is null.
    let failure: GraphQLError?

    /// Makes a plan without fields, with room for `capacity` of them.
    init(capacity: Int, failure: GraphQLError? = nil) {
        unsafe storage = .allocate(capacity: capacity)
        self.capacity = capacity
        self.failure = failure
        keys = ResponseBuffer(capacity: capacity * 16)
    }

    deinit {
        unsafe storage.deinitialize(count: count)
        unsafe storage.deallocate()
    }

    /// For the planner alone.
    func append(_ field: consuming FieldPlan.Storage) {
        precondition(count < capacity, "A selection plan has room for every collected field.")
        let start = keys.count
        keys.append(count == 0 ? UInt8(ascii: "{") : UInt8(ascii: ","))
        keys.write(field.responseName)
        keys.append(UInt8(ascii: ":"))
        keys.pad()
        field.keyOffset = Int32(start)
        field.keyCount = Int32(keys.count - start)
        unsafe (storage + count).initialize(to: field)
        count += 1
    }

    /// The fields for reading, when all have been appended. This object must outlive them.
    var fields: CollectedFields {
        unsafe CollectedFields(
            storage: storage, count: count, keys: UnsafeRawPointer(keys.base), keyBytes: keys.count,
            isFailed: failure != nil, plan: Unmanaged.passUnretained(self))
    }

    subscript(position: Int) -> FieldPlan { fields[position] }
}

/// What execution reads of a selection plan: pointers and numbers, so that nothing is retained on the way down.
///
/// The plan outlives it: whoever holds it keeps the operation's plan alive. Proof of `@unchecked Sendable`: what it
/// points to never changes.
///
/// Spec: 6.3.2 Field Collection, the collected fields map
@safe
@usableFromInline
struct CollectedFields: @unchecked Sendable {
    fileprivate let storage: UnsafePointer<FieldPlan.Storage>
    let count: Int
    /// The fields' keys, padded: `ResponseBuffer.padding` bytes more can be read.
    let keys: UnsafeRawPointer
    let keyBytes: Int
    /// Whether the fields could not be collected.
    let isFailed: Bool
    fileprivate let plan: Unmanaged<SelectionPlan>

    /// Why the fields could not be collected.
    var failure: GraphQLError? { unsafe plan.takeUnretainedValue().failure }

    @inline(__always)
    subscript(position: Int) -> FieldPlan { unsafe FieldPlan(storage + position) }
}
