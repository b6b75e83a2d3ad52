/// Turns what resolvers return into values of leaf types.
///
/// Fields that are bound to Swift types need none of this: the check of the bindings has made sure that they fit. It is
/// for results whose type is known only when they arrive, and for custom scalars.
///
/// Spec: 3.4.2 Input and Output Types, Result Coercion of each kind
package struct ResultCoercion: Sendable {
    /// By the position of the type; anything for types that are no scalars.
    private let scalars: ContiguousArray<Scalar>

    package init(scalars: some Sequence<Scalar>) {
        self.scalars = ContiguousArray(scalars)
    }

    /// The value that stands in the response for `value`, which is not null.
    ///
    /// - Throws: when it is no value of the scalar or enum, in graphql-js's words.
    ///
    /// Spec: 6.4.3 CoerceResult()
    package func coerceResult(_ leafType: NamedType, _ value: Value) throws(GraphQLError) -> Value {
        guard leafType.kind == .enum else {
            let coerced = try scalars[leafType.id.position].coerceResult(value)
            if case .null = coerced {
                throw GraphQLError(
                    "Expected `\(leafType.name).serialize(\(value.inspected))` to return non-nullable value, returned: null"
                )
            }
            return coerced
        }
        return try coerceEnum(leafType, value)
    }

    /// Spec: 3.9 Enums, Result Coercion
    private func coerceEnum(_ type: NamedType, _ value: Value) throws(GraphQLError) -> Value {
        if let name = value.text, type.memberPositions[Spelling(name)] != nil { return .enum(name) }
        throw GraphQLError("Enum \"\(type.name)\" cannot represent value: \(value.inspected)")
    }
}

extension Value {
    /// A string, or the name of an enum value.
    fileprivate var text: String? {
        switch self {
        case .string(let text), .enum(let text): text
        default: nil
        }
    }

    /// What counts as a number in a result: numbers, booleans as 0 and 1, and text that spells a number.
    fileprivate var number: Double? {
        switch self {
        case .boolean(let value): value ? 1 : 0
        case .int(let value): Double(value)
        case .bigInteger(let digits): Double(digits)
        case .float(let value): value
        case .string(let text): text.isEmpty ? nil : Double(ecmaScript: text)
        case .null, .enum, .list, .object, .opaque: nil
        }
    }
}

// MARK: The specified scalars

/// Each accepts what can be coerced without losing anything, as graphql-js does.
extension Scalar {
    /// Spec: 3.5.1 Int, Result Coercion
    static func intResult(_ value: Value) throws(GraphQLError) -> Value {
        guard let number = value.number, number.isFinite, number.rounded() == number else {
            throw GraphQLError("Int cannot represent non-integer value: \(value.inspected)")
        }
        guard let number = Int32(exactly: number) else {
            throw GraphQLError("Int cannot represent non 32-bit signed integer value: \(value.inspected)")
        }
        return .int(Int(number))
    }

    /// Spec: 3.5.2 Float, Result Coercion
    static func floatResult(_ value: Value) throws(GraphQLError) -> Value {
        if case .int = value { return value }
        guard let number = value.number, number.isFinite else {
            throw GraphQLError("Float cannot represent non numeric value: \(value.inspected)")
        }
        return .float(number)
    }

    /// Spec: 3.5.3 String, Result Coercion
    static func stringResult(_ value: Value) throws(GraphQLError) -> Value {
        switch value {
        case .string: value
        case .enum(let text): .string(text)
        case .boolean(let flag): .string(String(flag))
        case .int(let number): .string(String(number))
        case .bigInteger(let digits): .string(digits)
        case .float(let number) where number.isFinite: .string(number.ecmaScriptText)
        case .null, .float, .list, .object, .opaque:
            throw GraphQLError("String cannot represent value: \(value.inspected)")
        }
    }

    /// Spec: 3.5.4 Boolean, Result Coercion
    static func booleanResult(_ value: Value) throws(GraphQLError) -> Value {
        switch value {
        case .boolean: value
        case .int(let number): .boolean(number != 0)
        case .bigInteger: .boolean(true)
        case .float(let number) where number.isFinite: .boolean(number != 0)
        case .null, .float, .string, .enum, .list, .object, .opaque:
            throw GraphQLError("Boolean cannot represent a non boolean value: \(value.inspected)")
        }
    }

    /// Spec: 3.5.5 ID, Result Coercion
    static func idResult(_ value: Value) throws(GraphQLError) -> Value {
        switch value {
        case .string: value
        case .enum(let text): .string(text)
        case .int(let number): .string(String(number))
        case .bigInteger(let digits): .string(digits)
        case .float(let number) where number.isFinite && number.rounded() == number: .string(number.ecmaScriptText)
        case .null, .boolean, .float, .list, .object, .opaque:
            throw GraphQLError("ID cannot represent value: \(value.inspected)")
        }
    }
}
