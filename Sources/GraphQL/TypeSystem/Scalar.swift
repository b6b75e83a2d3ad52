/// How a scalar type accepts input and represents results.
///
/// Spec: 3.5 Scalars, Result Coercion and Input Coercion
@usableFromInline package struct Scalar: Sendable {
    /// Accepts a variable's value, or says why not.
    package let coerceInput: @Sendable (Value) throws(InputError) -> Value
    /// Accepts a literal, or says why not; nil when it is not one of this scalar and there is no more to say.
    ///
    /// Variables inside of it stand for their values, missing ones for null in lists and for nothing in objects. In
    /// validation they all are missing.
    package let coerceLiteral: @Sendable (Value) throws(InputError) -> Value?
    /// Represents what a resolver returned, which is not null, or says why not. Spec: 6.4.3 CoerceResult()
    package let coerceResult: @Sendable (Value) throws(GraphQLError) -> Value

    /// Makes a scalar whose literals are accepted as variables' values are, and whose results are what they are.
    package init(
        coerceInput: @escaping @Sendable (Value) throws(InputError) -> Value,
        coerceLiteral: (@Sendable (Value) throws(InputError) -> Value?)? = nil,
        coerceResult: @escaping @Sendable (Value) throws(GraphQLError) -> Value = { value throws(GraphQLError) in value
        }
    ) {
        self.coerceInput = coerceInput
        self.coerceResult = coerceResult
        if let coerceLiteral {
            self.coerceLiteral = coerceLiteral
        } else {
            self.coerceLiteral = { value throws(InputError) in try coerceInput(value) }
        }
    }

    /// The specified scalar `name`, or one that takes any value as it is.
    package static func named(_ name: String) -> Scalar {
        switch name {
        case "Int": int
        case "Float": float
        case "String": string
        case "Boolean": boolean
        case "ID": id
        default: Scalar(coerceInput: { value throws(InputError) in value })
        }
    }

    /// Spec: 3.5.1 Int
    private static let int = Scalar(
        coerceInput: { value throws(InputError) in
            switch value {
            case .int(let number):
                guard let number = Int32(exactly: number) else {
                    throw InputError("Int cannot represent non 32-bit signed integer value: \(value.inspected)")
                }
                return .int(Int(number))
            case .bigInteger:
                throw InputError("Int cannot represent non 32-bit signed integer value: \(value.inspected)")
            case .float(let number):
                guard number.rounded() == number else {
                    throw InputError("Int cannot represent non-integer value: \(value.inspected)")
                }
                guard let number = Int32(exactly: number) else {
                    throw InputError("Int cannot represent non 32-bit signed integer value: \(value.inspected)")
                }
                return .int(Int(number))
            default:
                throw InputError("Int cannot represent non-integer value: \(value.inspected)")
            }
        },
        coerceLiteral: { value in
            guard case .int(let number) = value, Int32(exactly: number) != nil else { return nil }
            return value
        },
        coerceResult: intResult)

    /// Spec: 3.5.2 Float
    private static let float = Scalar(
        coerceInput: { value throws(InputError) in
            let number: Double? =
                switch value {
                case .int(let number): Double(number)
                case .bigInteger(let digits): Double(digits)
                case .float(let number): number
                default: nil
                }
            guard let number, number.isFinite else {
                throw InputError("Float cannot represent non numeric value: \(value.inspected)")
            }
            return .float(number)
        },
        coerceResult: floatResult)

    /// Spec: 3.5.3 String
    private static let string = Scalar(
        coerceInput: { value throws(InputError) in
            guard case .string = value else {
                throw InputError("String cannot represent a non string value: \(value.inspected)")
            }
            return value
        },
        coerceResult: stringResult)

    /// Spec: 3.5.4 Boolean
    private static let boolean = Scalar(
        coerceInput: { value throws(InputError) in
            guard case .boolean = value else {
                throw InputError("Boolean cannot represent a non boolean value: \(value.inspected)")
            }
            return value
        },
        coerceResult: booleanResult)

    /// Spec: 3.5.5 ID
    private static let id = Scalar(
        coerceInput: { value throws(InputError) in
            switch value {
            case .string: return value
            case .int(let number): return .string(String(number))
            case .bigInteger(let digits): return .string(digits)
            case .float(let number) where number.rounded() == number && abs(number) < 0x1p63:
                return .string(String(Int(number)))
            default: throw InputError("ID cannot represent value: \(value.inspected)")
            }
        },
        coerceLiteral: { value in
            switch value {
            case .string: value
            case .int(let number): .string(String(number))
            case .bigInteger(let digits): .string(digits)
            default: nil
            }
        },
        coerceResult: idResult)
}

/// Why an input value is not one of its type.
@usableFromInline package struct InputError: Error, Hashable, Sendable {
    package let message: String
    /// From the value as a whole to the part that is wrong.
    package let path: ResponsePath

    package init(_ message: String, path: ResponsePath = []) {
        self.message = message
        self.path = path
    }
}
