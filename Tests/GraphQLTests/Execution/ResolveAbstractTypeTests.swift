import GraphQL
import Testing

/// Spec: 6.4.3 ResolveAbstractType(). The words are graphql-js's.
@Suite struct ResolveAbstractTypeTests {
    @Test(arguments: [
        (
            #"{"__typename":"Dog","name":"Rex"}"#, #"{"data":{"pet":{"__typename":"Dog","name":"Rex"}}}"#
        ),
        (
            #"{"name":"Rex"}"#,
            #"Abstract type \"Pet\" must resolve to an Object type at runtime for field \"Query.pet\". Either the \"Pet\" type should provide a \"resolveType\" function or each possible type should provide an \"isTypeOf\" function."#
        ),
        (
            #""Rex""#,
            #"Abstract type \"Pet\" must resolve to an Object type at runtime for field \"Query.pet\". Either the \"Pet\" type should provide a \"resolveType\" function or each possible type should provide an \"isTypeOf\" function."#
        ),
        (
            #"{"__typename":"Bird"}"#,
            #"Abstract type \"Pet\" was resolved to a type \"Bird\" that does not exist inside the schema."#
        ),
        (
            #"{"__typename":"Pet"}"#,
            #"Abstract type \"Pet\" was resolved to a non-object type \"Pet\"."#
        ),
        (
            #"{"__typename":"Stone"}"#,
            #"Runtime Object type \"Stone\" is not a possible type for \"Pet\"."#
        ),
    ])
    func `a value says which object type it has`(pet: String, outcome: String) async throws {
        let sdl = """
            type Query { pet: Pet pets: [Pet] strictPets: [Pet!] }
            interface Pet { name: String }
            type Dog implements Pet { name: String }
            type Stone { name: String }
            """
        let pet = try JSONParser.parse(pet.utf8)
        let schema = try ExecutableSchema<TestContext>(Schema(Document(parsing: sdl))) { schema in
            schema.dynamic { _, field, _ in
                switch field.name {
                case "pet": pet
                case "name": .string("Rex")
                default: .list([pet])
                }
            }
        }
        func respond(_ document: String) async throws -> String {
            let operation = try schema.prepare(document, operationName: nil).get()
            return await schema.execute(operation, context: TestContext()).text
        }
        let isFine = outcome.hasPrefix("{")
        func failure(_ field: String, _ data: String, _ path: String) -> String {
            let message = outcome.replacing("Query.pet", with: "Query.\(field)")
            let place = #""locations":[{"line":1,"column":3}],"path":["\#(field)"\#(path)]"#
            return #"{"data":{"\#(field)":\#(data)},"errors":[{"message":"\#(message)",\#(place)}]}"#
        }
        let one = try await respond("{ pet { __typename name } }")
        #expect(one == (isFine ? outcome : failure("pet", "null", "")))
        if isFine { return }
        #expect(try await respond("{ pets { __typename name } }") == failure("pets", "[null]", ",0"))
        #expect(try await respond("{ strictPets { __typename name } }") == failure("strictPets", "null", ",0"))
    }

    @Test func `a value that hands over no object has no type`() async throws {
        let schema = try ExecutableSchema<TestContext>(
            Schema(Document(parsing: "type Query { a: U, b: U! } union U = T type T { c: Int }"))
        ) { schema in
            schema.query { query in
                query.field("a") { _ in Nothing() }
                query.field("b") { _ in Nothing() }
            }
            schema.object(Thing.self) { thing in thing.field("c") { _ in 1 } }
        }
        let operation = try schema.prepare("{ a { __typename } }", operationName: nil).get()
        #expect(
            await schema.execute(operation, context: TestContext()).text
                == #"{"data":{"a":null},"errors":[{"message":"Abstract type \"U\" must resolve to an Object type at runtime for field \"Query.a\". Either the \"U\" type should provide a \"resolveType\" function or each possible type should provide an \"isTypeOf\" function.","locations":[{"line":1,"column":3}],"path":["a"]}]}"#
        )
    }
}

private struct Nothing: AbstractOutput {
    static var typeName: String { "U" }
    func visit(_ visitor: inout AbstractVisitor) {}
}

private struct Thing: ObjectOutput {
    static var typeName: String { "T" }
}
