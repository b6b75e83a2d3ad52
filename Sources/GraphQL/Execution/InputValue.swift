/// A Swift type that a coerced argument is handed to a resolver as.
@usableFromInline package protocol InputValue: Sendable {
    /// What this type can be bound to.
    static var inputShape: OutputShape { get }

    /// The Swift value of a coerced value; nil stands for one that was not provided.
    ///
    /// The value fits the type that the binding was checked against, so this throws only for what the type system
    /// can't say.
    init(coerced value: Value?) throws
}

/// An argument of a field, as a resolver takes it.
@usableFromInline package struct Argument<Input: InputValue>: Sendable {
    let name: String
    @usableFromInline var position = 0

    /// The argument `name` of the field that is bound.
    @usableFromInline package init(_ name: String, as type: Input.Type = Input.self) { self.name = name }

    /// The argument of the field `definition`; nil when there is none of this name.
    @usableFromInline
    func located(in arguments: [InputValueDefinition]) -> Argument? {
        guard let position = arguments.firstIndex(where: { $0.name == name }) else { return nil }
        var located = self
        located.position = position
        return located
    }

    @inlinable
    func value(in arguments: [Value?]) throws -> Input { try Input(coerced: arguments[position]) }
}

/// The value of an argument has another shape than its type, which the check of the bindings rules out.
@usableFromInline
struct UnexpectedInput: Error {
    let value: Value?

    @usableFromInline init(value: Value?) { self.value = value }
}

extension String: InputValue {
    @usableFromInline package static var inputShape: OutputShape { .scalar(["String", "ID"]) }

    @inlinable package init(coerced value: Value?) throws {
        guard case .string(let text)? = value else { throw UnexpectedInput(value: value) }
        self = text
    }
}

extension Int: InputValue {
    @usableFromInline package static var inputShape: OutputShape { .scalar(["Int"]) }

    @inlinable package init(coerced value: Value?) throws {
        guard case .int(let number)? = value else { throw UnexpectedInput(value: value) }
        self = number
    }
}

extension Double: InputValue {
    @usableFromInline package static var inputShape: OutputShape { .scalar(["Float"]) }

    @inlinable package init(coerced value: Value?) throws {
        switch value {
        case .float(let number)?: self = number
        case .int(let number)?: self = Double(number)
        default: throw UnexpectedInput(value: value)
        }
    }
}

extension Bool: InputValue {
    @usableFromInline package static var inputShape: OutputShape { .scalar(["Boolean"]) }

    @inlinable package init(coerced value: Value?) throws {
        guard case .boolean(let flag)? = value else { throw UnexpectedInput(value: value) }
        self = flag
    }
}

/// Null and an argument that was not provided are both nil.
extension Optional: InputValue where Wrapped: InputValue {
    @usableFromInline package static var inputShape: OutputShape { .optional(Wrapped.inputShape) }

    @inlinable package init(coerced value: Value?) throws {
        switch value {
        case nil, .null?: self = .none
        case let value?: self = .some(try Wrapped(coerced: value))
        }
    }
}

extension Array: InputValue where Element: InputValue {
    @usableFromInline package static var inputShape: OutputShape { .list(Element.inputShape) }

    @inlinable package init(coerced value: Value?) throws {
        guard case .list(let items)? = value else { throw UnexpectedInput(value: value) }
        self = try items.map { try Element(coerced: $0) }
    }
}

/// A Swift enum whose raw values are the names of an enum type's values.
@usableFromInline package protocol EnumInput: InputValue, RawRepresentable, CaseIterable where RawValue == String {
    /// The name of the enum type.
    static var typeName: String { get }
}

extension EnumInput {
    @usableFromInline package static var inputShape: OutputShape {
        .enum(typeName, values: allCases.map(\.rawValue))
    }

    @inlinable package init(coerced value: Value?) throws {
        guard case .enum(let name)? = value, let known = Self(rawValue: name) else {
            throw UnexpectedInput(value: value)
        }
        self = known
    }
}
