import Testing

@testable import GraphQL

/// What is wrong with variables' values, in graphql-js's words.
///
/// Spec: 3.5 to 3.12, Input Coercion
@Suite struct VariableProblemsTests {
    private static func coerced(_ json: String, to argument: String) throws -> (Value, [String]) {
        let schema = try Schema(
            Document(
                parsing: """
                    type Query { f(one: One, e: E, items: Items, id: ID, int: Int, float: Float, any: Any): Int }
                    input One @oneOf { a: Int b: Int }
                    enum E { A B LONGER }
                    enum Items { ITEM10 ITEM2 ITEM1 }
                    scalar Any
                    """))
        let coercion = InputCoercion(types: schema.types, scalars: schema.types.map { .named($0.name) })
        let query = try #require(schema.queryType)
        let arguments = try #require(schema.field(of: query, named: "f")).arguments
        let type = try #require(arguments.first { $0.name == argument }).type
        var problems = InputProblems(limit: 10)
        let value = coercion.coerceInput(try JSONParser.parse(json.utf8), to: type, &problems)
        return (value, problems.list.map { "\($0.path.map { "\($0)" }) \($0.message)" })
    }

    @Test(
        arguments: [
            (#"{"a":null}"#, [#"["name(\"a\")"] Field "a" must be non-null."#]),
            (
                #"{"a":null,"c":1}"#,
                [
                    #"[] Field "c" is not defined by type "One". Did you mean "a" or "b"?"#,
                    #"["name(\"a\")"] Field "a" must be non-null."#,
                ]
            ),
            (#"{"a":null,"b":1}"#, [#"[] Exactly one key must be specified for OneOf type "One"."#]),
            (#"{"a":"x"}"#, [#"["name(\"a\")"] Int cannot represent non-integer value: "x""#]),
            (
                #"{"a":"x","c":1}"#,
                [
                    #"["name(\"a\")"] Int cannot represent non-integer value: "x""#,
                    #"[] Field "c" is not defined by type "One". Did you mean "a" or "b"?"#,
                ]
            ),
        ] as [(String, [String])])
    func `of a OneOf input object`(json: String, problems: [String]) throws {
        #expect(try Self.coerced(json, to: "one").1 == problems)
    }

    @Test(
        arguments: [
            (
                "e", "1",
                #"Enum "E" cannot represent non-string value: 1. Did you mean the enum value "A" or "B"?"#
            ),
            ("e", "[1, 2]", #"Enum "E" cannot represent non-string value: [1, 2]."#),
            ("e", "true", #"Enum "E" cannot represent non-string value: true."#),
            (
                "items", #""ITEM""#,
                #"Value "ITEM" does not exist in "Items" enum. Did you mean the enum value "ITEM1", "ITEM2", or "ITEM10"?"#
            ),
            (
                "items", #""ITEM0""#,
                #"Value "ITEM0" does not exist in "Items" enum. Did you mean the enum value "ITEM1", "ITEM2", or "ITEM10"?"#
            ),
        ])
    func `of an enum`(argument: String, json: String, problem: String) throws {
        #expect(try Self.coerced(json, to: argument).1 == ["[] " + problem])
    }

    @Test(
        arguments: [
            ("id", "9223372036854775807", .string("9223372036854775807"), nil),
            ("id", "9223372036854775808", .string("9223372036854775808"), nil),
            ("id", "-100000000000000000000", .string("-100000000000000000000"), nil),
            ("id", "12345678901234567890123", .string("12345678901234567890123"), nil),
            ("id", "1e300", .null, "ID cannot represent value: 1e+300"),
            ("float", "100000000000000000000", .float(1e20), nil),
            (
                "int", "100000000000000000000", .null,
                "Int cannot represent non 32-bit signed integer value: 100000000000000000000"
            ),
            ("any", "100000000000000000001", .bigInteger("100000000000000000001"), nil),
        ] as [(String, String, Value, String?)])
    func `numbers beyond 64 bits`(argument: String, json: String, value: Value, problem: String?) throws {
        let (coerced, problems) = try Self.coerced(json, to: argument)
        #expect(problems == (problem.map { ["[] " + $0] } ?? []))
        #expect(coerced == value)
    }
}
