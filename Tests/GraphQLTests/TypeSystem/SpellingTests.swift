import Testing

@testable import GraphQL

/// Names are compared byte by byte. To Swift, and to Unicode, the Kelvin sign is the letter K; it is none to GraphQL.
@Suite struct SpellingTests {
    private static let kelvin = "\u{212A}"

    @Test func `a text has the spelling of another when it has its bytes`() {
        let composed = Spelling("\u{E9}"), decomposed = Spelling("e\u{301}")
        #expect(composed.text == decomposed.text)
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed, Spelling("\u{E9}")]).count == 2)
        let names = (0..<20).map { String(repeating: "n", count: $0) }
        #expect(Set(names.map { Spelling($0) }).count == 20)
        #expect(names.allSatisfy { Spelling($0) == Spelling($0 + "") && Spelling($0) != Spelling($0 + "m") })
    }

    private static let service = Result {
        let sdl = """
            type Query { kelvin(e: E, in: In): String K: String }
            enum E { K }
            input In { K: Int }
            """
        return try ExecutableSchema<TestContext>(Schema(Document(parsing: sdl))) { schema in
            schema.dynamic { parent, field, arguments in
                field.name == "K" ? parent : .string("\(arguments.compactMap { $0 })")
            }
        }
    }

    private func respond(
        _ document: String, _ variables: String = "{}", operationName: String? = nil, parent: Value = .null
    ) async throws -> String {
        guard case .object(let variables) = try JSONParser.parse(variables.utf8) else { return "" }
        let schema = try Self.service.get()
        switch schema.prepare(document, operationName: operationName) {
        case .failure(let errors): return errors.errors.map(\.message).joined()
        case .success(let operation):
            let response = await schema.execute(
                operation, variables: variables, initialValue: parent, context: TestContext())
            return String(decoding: response.body, as: UTF8.self)
        }
    }

    @Test(arguments: [
        (
            "E", "\"\(kelvin)\"",
            "\"\(kelvin)\"; Value \"\(kelvin)\" does not exist in \"E\" enum. Did you mean the enum value \"K\"?"
        ),
        (
            "In", "{\"\(kelvin)\":1}",
            "{ \(kelvin): 1 }; Field \"\(kelvin)\" is not defined by type \"In\". Did you mean \"K\"?"
        ),
    ])
    func `a variable's value must be spelled as the schema spells it`(
        _ type: String, _ value: String, _ problem: String
    ) async throws {
        let document = "query($v: \(type)) { kelvin(\(type == "E" ? "e" : "in"): $v) }"
        let response = try JSONParser.parse(try await respond(document, "{\"v\":\(value)}").utf8)
        guard case .list(let errors)? = response["errors"] else { return #expect(Bool(false), "\(response)") }
        #expect(errors.map { $0["message"] } == [.string("Variable \"$v\" got invalid value \(problem)")])
    }

    @Test func `a variable gets the value of its own name`() async throws {
        let document = "query($K: E = K) { kelvin(e: $K) }"
        let expected = #"{"data":{"kelvin":"[GraphQL.Value.enum(\"K\")]"}}"#
        #expect(try await respond(document, #"{"\u212A": "no value", "K": "K"}"#) == expected)
        #expect(try await respond(document, #"{"\u212A": "no value"}"#) == expected)
    }

    @Test func `an operation is asked for by its own name`() async throws {
        let document = "query K { __typename }"
        #expect(try await respond(document, operationName: "K") == #"{"data":{"__typename":"Query"}}"#)
        #expect(
            try await respond(document, operationName: Self.kelvin) == "Unknown operation named \"\(Self.kelvin)\".")
    }

    @Test func `a member is found by its own name`() {
        let value = Value.object([ObjectField(Self.kelvin, .int(1)), ObjectField("K", .int(2))])
        #expect(value["K"] == .int(2))
        #expect(value[Self.kelvin] == .int(1))
    }

    @Test func `a result is an enum value by its own name`() throws {
        let type = try #require(try Self.service.get().schema.type(named: "E"))
        let schema = try Self.service.get().schema
        func coerced(_ text: String) -> Value? {
            try? ResultCoercion(scalars: schema.types.map { .named($0.name) }).coerceResult(type, .string(text))
        }
        #expect(coerced("K") == .enum("K"))
        #expect(coerced(Self.kelvin) == nil)
    }
}
