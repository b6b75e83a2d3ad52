/// A Swift type whose values can be completed as values of a GraphQL output type.
///
/// Conform objects through `ObjectOutput`, enums through `EnumOutput` and custom scalars through `ScalarOutput`.
///
/// Spec: 6.4.3 Value Completion
@usableFromInline package protocol OutputValue: Sendable {
    /// What this type can be bound to.
    static var outputShape: OutputShape { get }

    /// Writes the value at the pointer at a response position of `field`.
    ///
    /// `wrappers` are the lists and non-null marks around this position.
    static func complete(
        _ value: UnsafePointer<Self>, _ field: FieldPlan, _ wrappers: TypeWrappers,
        _ execution: inout Execution
    ) -> Completion
}

/// What a Swift type stands for in the type system.
@usableFromInline package indirect enum OutputShape: Sendable {
    /// One of these scalars.
    case scalar([String])
    /// The enum of this name, with these values.
    case `enum`(String, values: [String])
    /// The object type of this name; the identifier is the Swift type's.
    case object(String, ObjectIdentifier)
    /// The interface or union of this name.
    case abstract(String)
    case optional(OutputShape)
    case list(OutputShape)
    /// Whatever the schema says, checked when a value is completed.
    case dynamic
}

extension OutputValue {
    /// Completes a value that was just resolved.
    @inlinable @inline(__always)
    static func complete(
        _ value: Self, _ field: FieldPlan, _ execution: inout Execution
    ) -> Completion {
        unsafe withUnsafePointer(to: value) { unsafe complete($0, field, field.wrappers, &execution) }
    }
}

// MARK: Scalars

/// A Swift type that a scalar type is written from.
@usableFromInline package protocol ScalarOutput: OutputValue {
    /// The scalar types that it may be bound to.
    static var scalarNames: [String] { get }

    /// Writes the value as JSON, or throws when it has no representation: a `GraphQLError` for the client.
    ///
    /// Spec: 3.5 Scalars, Result Coercion
    func write(to buffer: inout ResponseBuffer) throws
}

extension ScalarOutput {
    @usableFromInline package static var outputShape: OutputShape { .scalar(scalarNames) }

    @inlinable
    package static func complete(
        _ value: UnsafePointer<Self>, _ field: FieldPlan, _ wrappers: TypeWrappers,
        _ execution: inout Execution
    ) -> Completion {
        do {
            unsafe try value.pointee.write(to: &execution.buffer)
            return .value
        } catch {
            return execution.fail(error, asResultOf: field, wrappers)
        }
    }
}

/// Also serves `ID`, whose values are strings.
extension String: OutputValue {
    @usableFromInline package static var outputShape: OutputShape { .scalar(["String", "ID"]) }

    @inlinable
    package static func complete(
        _ value: UnsafePointer<Self>, _ field: FieldPlan, _ wrappers: TypeWrappers,
        _ execution: inout Execution
    ) -> Completion {
        let text = unsafe UnsafeRawPointer(value).assumingMemoryBound(to: UncopiedString.self)
        unsafe text.pointee.write(to: &execution.buffer)
        return .value
    }
}

/// A string in its place, laid out as the string itself. What can't be copied isn't retained when it is read.
@usableFromInline
struct UncopiedString: ~Copyable {
    @usableFromInline let text: String

    @inlinable
    borrowing func write(to buffer: inout ResponseBuffer) { buffer.write(text) }
}

extension Bool: ScalarOutput {
    @usableFromInline package static var scalarNames: [String] { ["Boolean"] }
    @inlinable
    package func write(to buffer: inout ResponseBuffer) { buffer.write(self) }
}

/// Spec: 3.5.1 Int: a value outside of 32 bits is an execution error.
extension Int: OutputValue {
    @usableFromInline package static var outputShape: OutputShape { .scalar(["Int"]) }

    @inlinable
    package static func complete(
        _ value: UnsafePointer<Self>, _ field: FieldPlan, _ wrappers: TypeWrappers,
        _ execution: inout Execution
    ) -> Completion {
        let number = unsafe value.pointee
        guard Int32(exactly: number) != nil else {
            return execution.fail(
                "Int cannot represent non 32-bit signed integer value: \(number)", field, wrappers)
        }
        execution.buffer.write(number)
        return .value
    }
}

/// Spec: 3.5.2 Float: a value that is not finite is an execution error.
extension Double: OutputValue {
    @usableFromInline package static var outputShape: OutputShape { .scalar(["Float"]) }

    @inlinable
    package static func complete(
        _ value: UnsafePointer<Self>, _ field: FieldPlan, _ wrappers: TypeWrappers,
        _ execution: inout Execution
    ) -> Completion {
        let number = unsafe value.pointee
        guard number.isFinite else {
            return execution.fail("Float cannot represent non numeric value: \(number.ecmaScriptText)", field, wrappers)
        }
        execution.buffer.write(number)
        return .value
    }
}

// MARK: Enums

/// A Swift enum whose raw values are the names of an enum type's values.
@usableFromInline package protocol EnumOutput: OutputValue, RawRepresentable, CaseIterable where RawValue == String {
    /// The name of the enum type.
    static var typeName: String { get }
}

extension EnumOutput {
    @usableFromInline package static var outputShape: OutputShape {
        .enum(typeName, values: allCases.map(\.rawValue))
    }

    @inlinable
    package static func complete(
        _ value: UnsafePointer<Self>, _ field: FieldPlan, _ wrappers: TypeWrappers,
        _ execution: inout Execution
    ) -> Completion {
        unsafe execution.buffer.write(value.pointee.rawValue)
        return .value
    }
}

// MARK: Objects

/// A Swift type that an object type is bound to.
@usableFromInline package protocol ObjectOutput: OutputValue {
    /// The name of the object type.
    static var typeName: String { get }
}

extension ObjectOutput {
    @usableFromInline package static var outputShape: OutputShape {
        .object(typeName, ObjectIdentifier(Self.self))
    }

    @inlinable
    package static func complete(
        _ value: UnsafePointer<Self>, _ field: FieldPlan, _ wrappers: TypeWrappers,
        _ execution: inout Execution
    ) -> Completion {
        if let fields = field.selectedFields {
            return unsafe execution.completeObject(UnsafeRawPointer(value), fields, field, wrappers)
        }
        return unsafe execution.completePossibleObject(
            UnsafeRawPointer(value), field, wrappers, typeName: typeName, boundAs: ObjectIdentifier(Self.self))
    }
}

/// A Swift type that an interface or union is bound to, in most cases an enum of the possible objects.
@usableFromInline package protocol AbstractOutput: OutputValue {
    /// The name of the interface or union.
    static var typeName: String { get }

    /// Hands the object that this value is to the visitor; without one, the value is an execution error.
    ///
    /// Spec: 6.4.3 ResolveAbstractType()
    func visit(_ visitor: inout AbstractVisitor)
}

extension AbstractOutput {
    @usableFromInline package static var outputShape: OutputShape { .abstract(typeName) }

    @inlinable
    package static func complete(
        _ value: UnsafePointer<Self>, _ field: FieldPlan, _ wrappers: TypeWrappers,
        _ execution: inout Execution
    ) -> Completion {
        unsafe withUnsafeMutablePointer(to: &execution) { execution in
            var visitor = unsafe AbstractVisitor(field, wrappers, execution)
            unsafe value.pointee.visit(&visitor)
            if let completion = visitor.completion { return completion }
            return unsafe execution.pointee.failToResolveAbstractType(field, wrappers)
        }
    }
}

/// Receives the object behind a value of an abstract type, and completes it.
///
/// It lives only within `AbstractOutput.complete`, which lends it the pointers.
@safe
@usableFromInline package struct AbstractVisitor: ~Copyable {
    @usableFromInline let field: FieldPlan
    @usableFromInline let wrappers: TypeWrappers
    @usableFromInline let execution: UnsafeMutablePointer<Execution>
    /// Nil while there was no object.
    @usableFromInline var completion: Completion?

    @inlinable
    init(
        _ field: FieldPlan, _ wrappers: TypeWrappers, _ execution: UnsafeMutablePointer<Execution>
    ) {
        self.field = field
        self.wrappers = wrappers
        unsafe self.execution = execution
    }

    /// Completes `object` as its object type.
    @inlinable
    package mutating func callAsFunction<Object: ObjectOutput>(_ object: Object) {
        unsafe withUnsafePointer(to: object) { object in
            completion = unsafe Object.complete(object, field, wrappers, &execution.pointee)
        }
    }
}

// MARK: Null and lists

extension Optional: OutputValue where Wrapped: OutputValue {
    @usableFromInline package static var outputShape: OutputShape { .optional(Wrapped.outputShape) }

    @inlinable
    package static func complete(
        _ value: UnsafePointer<Self>, _ field: FieldPlan, _ wrappers: TypeWrappers,
        _ execution: inout Execution
    ) -> Completion {
        if case .none = unsafe value.pointee { return .null }
        // An optional holds what it wraps at its beginning: nothing is copied.
        let wrapped = unsafe UnsafeRawPointer(value).assumingMemoryBound(to: Wrapped.self)
        return unsafe Wrapped.complete(wrapped, field, wrappers, &execution)
    }
}

extension Array: OutputValue where Element: OutputValue {
    @usableFromInline package static var outputShape: OutputShape { .list(Element.outputShape) }

    @inlinable
    package static func complete(
        _ value: UnsafePointer<Self>, _ field: FieldPlan, _ wrappers: TypeWrappers,
        _ execution: inout Execution
    ) -> Completion {
        let itemWrappers = wrappers.item
        let isWhole = unsafe value.pointee.withUnsafeBufferPointer { items in
            execution.beginList(field, wrappers)
            for position in items.indices {
                let mark = execution.beginItem(position)
                let completion = unsafe Element.complete(
                    items.baseAddress.unsafelyUnwrapped + position, field, itemWrappers, &execution)
                guard execution.endItem(completion, field, itemWrappers, since: mark) else {
                    execution.leaveList(field, wrappers)
                    return false
                }
            }
            execution.endList(field, wrappers, isEmpty: items.isEmpty)
            return true
        }
        return isWhole ? .value : .propagate
    }
}

/// A value that may have failed, such as one of a batch.
extension Result: OutputValue where Success: OutputValue {
    @usableFromInline package static var outputShape: OutputShape { Success.outputShape }

    @inlinable
    package static func complete(
        _ value: UnsafePointer<Self>, _ field: FieldPlan, _ wrappers: TypeWrappers,
        _ execution: inout Execution
    ) -> Completion {
        switch unsafe value.pointee {
        case .success(let value):
            unsafe withUnsafePointer(to: value) { unsafe Success.complete($0, field, wrappers, &execution) }
        case .failure(let error):
            execution.fail(error, field, wrappers)
        }
    }
}
