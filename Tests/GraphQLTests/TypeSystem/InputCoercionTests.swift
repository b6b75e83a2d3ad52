import Testing

@testable import GraphQL

/// Inputs whose size would show work out of proportion to what a client sends.
///
/// Spec: 3.9 Enums and 3.10 Input Objects, Input Coercion
@Suite struct InputCoercionTests {
    private static let count = 4_000

    private let schema: Schema
    private let coercion: InputCoercion

    /// Of the fields `f0`, `f1` … each third is required, and each third has a default value.
    init() throws {
        let fields = (0..<Self.count).map { ["f\($0): Int!", "f\($0): Int = \($0)", "f\($0): Int"][$0 % 3] }
        let values = (0..<Self.count).map { "V\($0)" }
        schema = try Schema(
            Document(
                parsing: """
                    type Query { objects(a: [In!]): Int enums(a: [E!]): Int }
                    input In { \(fields.joined(separator: " ")) }
                    enum E { \(values.joined(separator: " ")) }
                    """, limits: .trusted))
        coercion = InputCoercion(types: schema.types, scalars: schema.types.map { .named($0.name) })
    }

    private func type(of field: String) throws -> TypeReference {
        let query = try #require(schema.queryType)
        return try #require(schema.field(of: query, named: field)).arguments[0].type
    }

    private func coerced(_ value: Value, _ field: String) throws -> (Value, [String]) {
        var problems = InputProblems(limit: 10)
        let value = coercion.coerceInput(value, to: try type(of: field), &problems)
        return (value, problems.list.map { "\($0.path.count) \($0.message)" })
    }

    private func coercedLiteral(_ text: String, _ field: String) throws -> Value? {
        let document = try Document(parsing: "{ \(field)(a: \(text)) }", limits: .trusted)
        let literal = Literal(document, document.arguments[0].value)
        return coercion.coerceLiteral(literal, to: try type(of: field), variables: .none)
    }

    @Test(.timeLimit(.minutes(1)))
    func `objects of many fields have them in the order of the type`() throws {
        // Backwards, without those that have a default.
        let given = (0..<Self.count).reversed().filter { $0 % 3 != 1 }
        let object = Value.object(given.map { ObjectField("f\($0)", .int(-$0)) })
        let expected = Value.object(
            (0..<Self.count).map { ObjectField("f\($0)", .int($0 % 3 == 1 ? $0 : -$0)) })
        let (value, problems) = try coerced(.list(Array(repeating: object, count: 30)), "objects")
        #expect(problems == [])
        #expect(value == .list(Array(repeating: expected, count: 30)))
        let literal = "{" + given.map { "f\($0): \(-$0)" }.joined(separator: " ") + "}"
        let literals = "[" + Array(repeating: literal, count: 5).joined(separator: " ") + "]"
        #expect(try coercedLiteral(literals, "objects") == .list(Array(repeating: expected, count: 5)))
    }

    @Test func `what is missing is reported in the order of the type, what is too much in the order given`() throws {
        let given = ["x", "f1", "f9999"] + (2..<Self.count).map { "f\($0)" } + ["f-1"]
        let (_, problems) = try coerced(.object(given.map { ObjectField($0, $0 == "f3" ? .null : .int(1)) }), "objects")
        #expect(
            problems == [
                #"0 Field "f0" of required type "Int!" was not provided."#,
                #"1 Expected non-nullable type "Int!" not to be null."#,
                #"0 Field "x" is not defined by type "In"."#,
                #"0 Field "f9999" is not defined by type "In". Did you mean "f999", "f1999", "f2999", "f3999", or "f99"?"#,
                #"0 Field "f-1" is not defined by type "In". Did you mean "f1", "f11", "f21", "f31", or "f41"?"#,
            ])
        #expect(try coercedLiteral("{f0: 1}", "objects") == nil)
        let all = (0..<Self.count).map { "f\($0): 1" }.joined(separator: " ")
        #expect(try coercedLiteral("{\(all) f4000: 1}", "objects") == nil)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a long list of values of a large enum is coerced`() throws {
        let names = (0..<10).flatMap { _ in (0..<Self.count).map { "V\($0)" } }
        let (value, problems) = try coerced(.list(names.map { .string($0) }), "enums")
        #expect(problems == [])
        #expect(value == .list(names.map { .enum($0) }))
        #expect(try coercedLiteral("[V3999 V0]", "enums") == .list([.enum("V3999"), .enum("V0")]))
        #expect(try coercedLiteral("[V4000]", "enums") == nil)
        #expect(try coerced(.string("W"), "enums").1 == [#"0 Value "W" does not exist in "E" enum."#])
    }
}
