import GraphQL
import Synchronization
import Testing

/// Spec: 7.1 Response Format
@Suite struct ResponseExtensionsTests {
    /// What resolvers note, and the caller adds to the response.
    final class Notes: Sendable {
        let list = Mutex<[ObjectField]>([])
        func note(_ name: String, _ value: Value) { list.withLock { $0.append(ObjectField(name, value)) } }
    }

    static func makeSchema() throws -> ExecutableSchema<Notes> {
        let sdl = "type Query { a(x: Int): Int b: Int! } type Subscription { c: Int }"
        return try ExecutableSchema(Schema(Document(parsing: sdl))) { schema in
            schema.query { query in
                query.field("a", Argument<Int?>("x")) { _, notes, x async in
                    await Task.yield()
                    notes.note("a", .list([.int(x ?? 0), .string("\"")]))
                    return 1
                }
                query.field("b") { _, _ throws -> Int in throw GraphQLError("No.") }
            }
            schema.subscription { subscription in
                subscription.stream("c") { _ in
                    AsyncStream { continuation in
                        for event in 1...2 { continuation.yield(event) }
                        continuation.finish()
                    } as AsyncStream<Int>
                } resolve: { event, notes -> Int? in
                    notes.note("event", .int(event))
                    return event
                }
            }
        }
    }

    @Test(arguments: [
        ("{ a }", #"{"data":{"a":1},"extensions":{"a":[0,"\""],"end":null}}"#),
        ("{ a(x: 2) }", #"{"data":{"a":1},"extensions":{"a":[2,"\""],"end":null}}"#),
        (
            "{ b }",
            #"{"data":null,"errors":[{"message":"No.","locations":[{"line":1,"column":3}],"path":["b"]}],"extensions":{"end":null}}"#
        ),
        ("{ __typename @skip(if: true) }", #"{"data":{},"extensions":{"end":null}}"#),
        (
            "query($x: Int!) { a(x: $x) }",
            #"{"errors":[{"message":"Variable \"$x\" of required type \"Int!\" was not provided.","locations":[{"line":1,"column":7}]}],"extensions":{"end":null}}"#
        ),
    ])
    func `extensions stand behind data and errors`(document: String, expected: String) async throws {
        let schema = try Self.makeSchema()
        let operation = try schema.prepare(document, operationName: nil).get()
        let notes = Notes()
        let extensions = { @Sendable in notes.list.withLock { $0 } + [ObjectField("end", .null)] }
        let response = await schema.execute(operation, context: notes, extensions: extensions)
        #expect(response.text == expected)
    }

    @Test func `without members there are no extensions`() async throws {
        let schema = try Self.makeSchema()
        let operation = try schema.prepare("{ __typename }", operationName: nil).get()
        let response = await schema.execute(operation, context: Notes(), extensions: { [] })
        #expect(response.text == #"{"data":{"__typename":"Query"}}"#)
    }

    @Test func `a request that is not prepared may have extensions`() throws {
        let schema = try Self.makeSchema()
        guard case .failure(let errors) = schema.prepare("{", operationName: nil) else {
            Issue.record("The document is no GraphQL.")
            return
        }
        let response = schema.response(to: errors, context: nil, extensions: { [ObjectField("n", .int(1))] })
        #expect(
            response.text
                == #"{"errors":[{"message":"Syntax Error: Expected Name, found <EOF>.","locations":[{"line":1,"column":2}]}],"extensions":{"n":1}}"#
        )
    }

    @Test func `each event of a subscription has its extensions`() async throws {
        let schema = try Self.makeSchema()
        let operation = try schema.prepare("subscription { c }", operationName: nil).get()
        let notes = Notes()
        let stream = try await schema.subscribe(
            operation, context: notes, extensions: { notes.list.withLock { Array($0.suffix(1)) } }
        ).get()
        var responses: [String] = []
        for try await response in stream { responses.append(response.text) }
        #expect(
            responses == [
                #"{"data":{"c":1},"extensions":{"event":1}}"#,
                #"{"data":{"c":2},"extensions":{"event":2}}"#,
            ])
    }
}
