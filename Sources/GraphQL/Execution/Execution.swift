/// The state of one execution: a depth-first pass writes the response, and leaves holes for fields that are awaited.
///
/// Spec: 6.2 Executing Operations
@usableFromInline package struct Execution: ~Copyable {
    @usableFromInline var buffer: ResponseBuffer
    /// The way to the object or list that is being written.
    var path = PathTree()
    @usableFromInline let context: any AnyObject & Sendable
    /// The entries of the response's `errors`; nil without any.
    var errors: ResponseBuffer?
    @usableFromInline var holes = Holes()
    /// What the first pass wrote.
    var rootFragment = Holes.Fragment()
    /// Whether the root fields change something: those of a mutation, one after the other.
    var isSerial = false

    let operation: PlannedOperation
    let variables: VariableValues
    let present: ErrorPresenter
    /// Where fields are written, for those that failed: many values of one field may.
    private var fieldLocations: [Int: [SourceLocation]] = [:]
    private var locationTable: LocationTable?
    private let maximumFields: Int
    /// How long `buffer` may become; less with each error.
    private var maximumBytes: Int
    /// How many bytes stand before the data.
    static let prefixBytes = 8
    private var completedFields = 0
    private var isTooLarge = false
    private var coercedArguments: [Int: Result<[Value?], GraphQLError>] = [:]

    init(
        _ operation: PlannedOperation, variables: VariableValues, context: any AnyObject & Sendable,
        present: @escaping ErrorPresenter
    ) {
        self.operation = operation
        self.variables = variables
        self.context = context
        self.present = present
        maximumFields = operation.limits.responseFields ?? .max
        buffer = ResponseBuffer(capacity: operation.expectedBytes)
        buffer.append(#"{"data":"#)
        maximumBytes = operation.limits.responseBytes.map { $0 + Self.prefixBytes } ?? .max
    }

    // MARK: Objects and lists

    /// Writes an object: each planned field in turn.
    ///
    /// `parent` points to the Swift value that the plan's object type is bound to.
    ///
    /// Spec: 6.3.3 ExecuteCollectedFields()
    mutating func executeCollectedFields(_ parent: UnsafeRawPointer, _ fields: CollectedFields) -> Completion {
        completedFields += fields.count
        if completedFields > maximumFields || buffer.count > maximumBytes { return refuseSize() }
        buffer.reserve(fields.keyBytes + ResponseBuffer.padding)
        if fields.count == 0 { buffer.append(UInt8(ascii: "{")) }
        for position in 0..<fields.count {
            writeKey(position, of: fields)
            guard unsafe executeField(parent, fields[position]) else { return .propagate }
        }
        buffer.append(UInt8(ascii: "}"))
        return .value
    }

    /// Gives up a response that is too large: a small document can ask for one that is exponentially larger.
    @inline(never)
    private mutating func refuseSize() -> Completion {
        if !isTooLarge {
            isTooLarge = true
            let message =
                completedFields > maximumFields
                ? "The response has more fields than the limit of \(maximumFields)."
                : "The response has more bytes than the limit of \(operation.limits.responseBytes ?? .max)."
            write(present(GraphQLError(message), .validation, context))
            holes.nullify(nil)
            maximumBytes = 0  // There is no further object.
        }
        return .propagate
    }

    /// Writes a field's value behind its key; false when its parent must become null.
    ///
    /// Spec: 6.4 ExecuteField()
    @inline(__always)
    private mutating func executeField(_ parent: UnsafeRawPointer, _ field: FieldPlan) -> Bool {
        let mark = mark()
        let completion = unsafe field.storage.pointee.resolve(parent, field, &self)
        if settle(completion, field.isNonNull, since: mark) { return true }
        if completion == .null { reportNull(field, isItem: false) }
        return false
    }

    @inline(__always)
    mutating func writeKey(_ position: Int, of fields: CollectedFields) {
        let field = unsafe fields[position].storage
        unsafe buffer.append(
            padded: fields.keys + Int(field.pointee.keyOffset), count: Int(field.pointee.keyCount))
    }

    /// A place to go back to when what follows fails.
    @inlinable @inline(__always)
    func mark() -> Mark {
        Mark(count: buffer.count, holes: holes.count)
    }

    /// Ends a response position: writes null where the value is null or failed and null is allowed.
    ///
    /// - Returns: false when the null isn't allowed here, so that the composite around becomes null.
    ///
    /// Spec: 6.4.4 Handling Execution Errors
    @inlinable @inline(__always)
    mutating func settle(_ completion: Completion, _ isNonNull: Bool, since mark: Mark) -> Bool {
        if completion == .value {
            if !isNonNull, holes.count != mark.holes { closeRegion(since: mark) }
            return true
        }
        if completion == .null, !isNonNull {
            buffer.writeNull()
            return true
        }
        return settleNull(isNonNull, since: mark)
    }

    @usableFromInline @inline(never)
    mutating func settleNull(_ isNonNull: Bool, since mark: Mark) -> Bool {
        buffer.truncate(to: mark.count)
        holes.drop(from: mark.holes, writtenFrom: mark.count)
        guard !isNonNull else { return false }
        buffer.writeNull()
        return true
    }

    /// Completes an object at a field's position or inside its lists.
    ///
    /// Spec: 6.4.3 CompleteValue(), object types
    @usableFromInline
    mutating func completeObject(
        _ object: UnsafeRawPointer, _ fields: CollectedFields, _ field: FieldPlan, _ wrappers: TypeWrappers
    ) -> Completion {
        if fields.isFailed, let error = fields.failure { return fail(error, field, wrappers) }
        guard wrappers == field.wrappers else { return unsafe executeCollectedFields(object, fields) }
        path.enter(field)
        let completion = unsafe executeCollectedFields(object, fields)
        path.leave()
        return completion
    }

    /// Begins a list; `endList` must follow.
    @usableFromInline
    mutating func beginList(_ field: FieldPlan, _ wrappers: TypeWrappers) {
        if wrappers == field.wrappers { path.enter(field) }
        path.enterList()
        buffer.append(UInt8(ascii: "["))
    }

    /// Begins an item of a list; `endItem` must follow.
    @usableFromInline
    mutating func beginItem(_ index: Int) -> Mark {
        path.move(to: index)
        return mark()
    }

    /// Ends an item of a list, whose value was completed since `mark`; false when the list must become null.
    @inlinable @inline(__always)
    mutating func endItem(
        _ completion: Completion, _ field: FieldPlan, _ wrappers: TypeWrappers, since mark: Mark
    ) -> Bool {
        guard settle(completion, wrappers.isNonNull, since: mark) else {
            if completion == .null { reportNull(field, isItem: true) }
            return false
        }
        buffer.append(UInt8(ascii: ","))
        return true
    }

    @usableFromInline
    mutating func endList(_ field: FieldPlan, _ wrappers: TypeWrappers, isEmpty: Bool) {
        if isEmpty { buffer.append(UInt8(ascii: "]")) } else { buffer.replaceLast(with: UInt8(ascii: "]")) }
        leaveList(field, wrappers)
    }

    @usableFromInline
    mutating func leaveList(_ field: FieldPlan, _ wrappers: TypeWrappers) {
        path.leave()
        if wrappers == field.wrappers { path.leave() }
    }

    // MARK: Arguments

    /// The field's coerced arguments, by the position of their definition; nil for one that was not provided.
    ///
    /// Spec: 6.4.1 CoerceArgumentValues()
    @usableFromInline
    mutating func arguments(of field: FieldPlan) throws(GraphQLError) -> [Value?] {
        switch field.arguments {
        case .constant(let values): return values
        case .invalid(let error): throw error
        case .perRequest:
            if let known = coercedArguments[field.index] { return try known.get() }
            let coerced = operation.coerceArgumentValues(field.definition, field.node, variables: variables)
            coercedArguments[field.index] = coerced
            return try coerced.get()
        }
    }

    // MARK: Errors

    /// Reports what a resolver threw, at the field's position.
    @usableFromInline @inline(never)
    mutating func fail(_ error: any Error, _ field: FieldPlan) -> Completion {
        fail(error, field, field.wrappers)
    }

    /// Reports what stands in a value's place, at the field's position or inside its lists.
    @usableFromInline @inline(never)
    mutating func fail(_ error: any Error, _ field: FieldPlan, _ wrappers: TypeWrappers) -> Completion {
        let path = path(to: field, wrappers)
        report(error as? GraphQLError ?? GraphQLError("Internal server error."), .resolver(error), at: path, field)
        return .propagate
    }

    /// Reports that a value can't be completed as its type.
    @usableFromInline @inline(never)
    mutating func fail(
        _ message: String, _ field: FieldPlan, _ wrappers: TypeWrappers
    ) -> Completion {
        report(GraphQLError(message), .completion, at: path(to: field, wrappers), field)
        return .propagate
    }

    /// Spec: 6.4.4 Handling Execution Errors, null for a non-null type
    @usableFromInline @inline(never)
    mutating func reportNull(_ field: FieldPlan, isItem: Bool) {
        let definition = operation.schema[field.definition]
        let type = operation.schema[definition.parentType].name
        let message = "Cannot return null for non-nullable field \(type).\(definition.name)."
        let path = isItem ? path.current : path.current + [.name(field.responseName)]
        report(GraphQLError(message), .completion, at: path, field)
    }

    /// The response path of the value that is being completed: within lists, the way leads to it already.
    func path(to field: FieldPlan, _ wrappers: TypeWrappers) -> ResponsePath {
        wrappers == field.wrappers ? path.current + [.name(field.responseName)] : path.current
    }

    /// How many of the places where a field is written an error names.
    private static let maximumLocations = 10

    private mutating func locations(of field: FieldPlan) -> [SourceLocation] {
        if let known = fieldLocations[field.index] { return known }
        let table = locationTable ?? LocationTable(operation.document.source)
        locationTable = table
        let locations = field.nodes.prefix(Self.maximumLocations).map {
            table.location(at: operation.document.selections[$0.position].offset)
        }
        fieldLocations[field.index] = locations
        return locations
    }

    mutating func report(
        _ error: GraphQLError, _ origin: ErrorOrigin, at path: ResponsePath, _ field: FieldPlan
    ) {
        var error = error
        error.path = path
        if error.locations.isEmpty { error.locations = locations(of: field) }
        report(error, origin)
    }

    /// Adds an error to the response, unless that is too large.
    mutating func report(_ error: GraphQLError, _ origin: ErrorOrigin) {
        if isTooLarge { return }
        write(present(error, origin, context))
        if buffer.count > maximumBytes { _ = refuseSize() }
    }

    private mutating func write(_ error: GraphQLError) {
        var errors = errors.take() ?? ResponseBuffer(capacity: 256)
        let start = errors.count
        if start > 0 { errors.append(UInt8(ascii: ",")) }
        errors.write(error)
        maximumBytes -= errors.count - start
        self.errors = consume errors
    }
}

/// How far an execution had come.
@usableFromInline
struct Mark {
    /// Bytes of the response.
    @usableFromInline let count: Int
    @usableFromInline let holes: Int

    @inlinable init(count: Int, holes: Int) {
        self.count = count
        self.holes = holes
    }
}

/// Makes an error what a client may see: adds its code and the like. It gets the request's context, where there is one.
@usableFromInline package typealias ErrorPresenter =
    @Sendable (GraphQLError, ErrorOrigin, (any AnyObject & Sendable)?) -> GraphQLError

/// What an error is about.
@usableFromInline package enum ErrorOrigin: Sendable {
    /// The document is no GraphQL.
    case syntax
    /// The document doesn't fit the schema.
    case validation
    /// There is no such operation in the document.
    case operationResolution
    /// A variable or an argument is no value of its type.
    case input
    /// A resolver threw this.
    case resolver(any Error)
    /// What a resolver returned is no value of the field's type.
    case completion
    /// The task was cancelled, so that nobody waits for the answer.
    case cancellation
}
