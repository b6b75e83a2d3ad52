import GraphQL
import Testing

/// Spec: 6.4.3 CoerceResult(). What is accepted, and the words for what is not, are graphql-js's.
@Suite struct ResultCoercionTests {
    static let schema = try? Schema(
        Document(
            parsing: """
                type Query { int: Int float: Float string: String boolean: Boolean id: ID color: Color any: Any even: Even }
                enum Color { RED GREEN }
                scalar Any
                scalar Even
                """))
    static let list = Value.list([.string("x")])
    static let object = Value.object([ObjectField("a", .int(1))])

    @Test(
        arguments: [
            ("Int", .int(7), .int(7)),
            ("Int", .int(-2_147_483_648), .int(-2_147_483_648)),
            ("Int", .float(3), .int(3)),
            ("Int", .float(-0.0), .int(0)),
            ("Int", .boolean(true), .int(1)),
            ("Int", .boolean(false), .int(0)),
            ("Int", .string("42"), .int(42)),
            ("Int", .string(" 3.0 "), .int(3)),
            ("Int", .string("0x10"), .int(16)),
            ("Float", .int(3), .int(3)),
            ("Float", .float(1.5), .float(1.5)),
            ("Float", .boolean(true), .float(1)),
            ("Float", .string("1e3"), .float(1000)),
            ("String", .string("a"), .string("a")),
            ("String", .boolean(false), .string("false")),
            ("String", .int(-3), .string("-3")),
            ("String", .float(1.5), .string("1.5")),
            ("String", .float(3), .string("3")),
            ("Boolean", .boolean(true), .boolean(true)),
            ("Boolean", .int(0), .boolean(false)),
            ("Boolean", .int(2), .boolean(true)),
            ("Boolean", .float(0.5), .boolean(true)),
            ("ID", .string("x"), .string("x")),
            ("ID", .int(4), .string("4")),
            ("ID", .float(3), .string("3")),
            ("Color", .string("RED"), .enum("RED")),
            ("Color", .enum("GREEN"), .enum("GREEN")),
            ("Any", object, object),
            ("Any", list, list),
            ("Even", .int(2), .string("2")),
        ] as [(String, Value, Value)])
    func `a result is coerced`(type: String, value: Value, expected: Value) throws {
        #expect(try coerce(value, type) == expected)
    }

    @Test(
        arguments: [
            ("Int", .string("abc"), #"Int cannot represent non-integer value: "abc""#),
            ("Int", .string(""), #"Int cannot represent non-integer value: """#),
            ("Int", .float(1.5), "Int cannot represent non-integer value: 1.5"),
            ("Int", .float(.infinity), "Int cannot represent non-integer value: Infinity"),
            ("Int", .string("1.5"), #"Int cannot represent non-integer value: "1.5""#),
            ("Int", list, #"Int cannot represent non-integer value: ["x"]"#),
            ("Int", object, "Int cannot represent non-integer value: { a: 1 }"),
            ("Int", .int(2_147_483_648), "Int cannot represent non 32-bit signed integer value: 2147483648"),
            ("Int", .int(-2_147_483_649), "Int cannot represent non 32-bit signed integer value: -2147483649"),
            (
                "Int", .string("9876504321"),
                #"Int cannot represent non 32-bit signed integer value: "9876504321""#
            ),
            ("Float", .string(""), #"Float cannot represent non numeric value: """#),
            ("Float", .string("x"), #"Float cannot represent non numeric value: "x""#),
            ("Float", .float(.nan), "Float cannot represent non numeric value: NaN"),
            ("Float", .list([.float(1.5)]), "Float cannot represent non numeric value: [1.5]"),
            ("String", object, "String cannot represent value: { a: 1 }"),
            ("String", list, #"String cannot represent value: ["x"]"#),
            ("String", .float(.infinity), "String cannot represent value: Infinity"),
            ("Boolean", .string("true"), #"Boolean cannot represent a non boolean value: "true""#),
            ("Boolean", .list([]), "Boolean cannot represent a non boolean value: []"),
            ("Boolean", .float(.nan), "Boolean cannot represent a non boolean value: NaN"),
            ("ID", .float(1.5), "ID cannot represent value: 1.5"),
            ("ID", .boolean(true), "ID cannot represent value: true"),
            ("ID", object, "ID cannot represent value: { a: 1 }"),
            ("Color", .string("BLUE"), #"Enum "Color" cannot represent value: "BLUE""#),
            ("Color", .string("red"), #"Enum "Color" cannot represent value: "red""#),
            ("Color", .int(3), #"Enum "Color" cannot represent value: 3"#),
            ("Color", .list([.string("RED")]), #"Enum "Color" cannot represent value: ["RED"]"#),
            ("Even", .int(3), "3 is not even."),
            ("Even", .string("x"), #"Expected `Even.serialize("x")` to return non-nullable value, returned: null"#),
        ] as [(String, Value, String)])
    func `a result that doesn't fit is an error`(type: String, value: Value, message: String) throws {
        #expect(throws: GraphQLError(message)) { try coerce(value, type) }
    }

    private func coerce(_ value: Value, _ type: String) throws -> Value {
        let schema = try #require(Self.schema)
        let even = Scalar(
            coerceInput: { value throws(InputError) in value },
            coerceResult: { value throws(GraphQLError) in
                guard case .int(let number) = value else { return .null }
                guard number.isMultiple(of: 2) else { throw GraphQLError("\(number) is not even.") }
                return .string(String(number))
            })
        let coercion = ResultCoercion(scalars: schema.types.map { $0.name == "Even" ? even : .named($0.name) })
        return try coercion.coerceResult(#require(schema.type(named: type)), value)
    }
}
