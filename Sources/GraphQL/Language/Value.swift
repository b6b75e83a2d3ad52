/// An input value: a JSON value, a literal, or the outcome of coercing one.
///
/// Spec: 2.9 Input Values, 3.4.2 Input and Output Types
@usableFromInline package enum Value: Sendable {
    case null
    case boolean(Bool)
    /// An integer that fits 64 bits.
    case int(Int)
    /// Any other integer, by its digits, behind a minus sign if it is negative.
    case bigInteger(String)
    /// A number with a fraction or an exponent.
    case float(Double)
    case string(String)
    /// The name of an enum value, written without quotes or coerced as one.
    case `enum`(String)
    case list([Value])
    /// Members in the order written; a name occurs once.
    case object([ObjectField])
    /// A value that came beside the JSON, such as an uploaded file. Only a custom scalar accepts one.
    case opaque(any Sendable)
}

/// A member of an object value.
@usableFromInline package struct ObjectField: Hashable, Sendable {
    package var name: String
    package var value: Value

    package init(_ name: String, _ value: Value) {
        self.name = name
        self.value = value
    }
}

extension Value: Hashable {
    /// Opaque values are equal to nothing, themselves included.
    @usableFromInline package static func == (left: Value, right: Value) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.boolean(let left), .boolean(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.bigInteger(let left), .bigInteger(let right)): left == right
        case (.float(let left), .float(let right)): left == right
        case (.string(let left), .string(let right)): left == right
        case (.enum(let left), .enum(let right)): left == right
        case (.list(let left), .list(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }

    @usableFromInline package func hash(into hasher: inout Hasher) {
        switch self {
        case .null, .opaque: hasher.combine(0)
        case .boolean(let value): hasher.combine(value)
        case .int(let value): hasher.combine(value)
        case .float(let value): hasher.combine(value)
        case .bigInteger(let value), .string(let value), .enum(let value): hasher.combine(value)
        case .list(let values): hasher.combine(values)
        case .object(let fields): hasher.combine(fields)
        }
    }
}

extension Value {
    /// The member `name` of an object; nil when this is no object or has no such member.
    package subscript(name: String) -> Value? {
        guard case .object(let fields) = self else { return nil }
        return fields.first { $0.name.hasSpelling(of: name) }?.value
    }
}
