import Curl
import TestSupport
import Testing

/// What the server answers besides operations that succeed: health, wrong paths and methods, the schema, errors.
@Suite(.sharedServer(storage: .directory), .timeLimit(.minutes(3)))
struct EndpointTests {
    @Test(arguments: [("/health/live", #"{"status":"ok"}"#), ("/health/ready", #"{"status":"ready"}"#)])
    func `a health check says that all is well`(_ path: String, _ body: String) async throws {
        let client = try TestServer.current.client
        let answer = try await client.settledAnswer(to: path, status: 200)
        #expect(answer.status == 200)
        #expect(answer.header("Content-Type") == "application/json")
        #expect(answer.body == Array(body.utf8))
        let head = try await client.settledAnswer(to: path, by: .head, status: 200)
        #expect(head.status == 200)
        #expect(head.body.isEmpty)
        let post = try await client.send(.post, path)
        #expect(post.status == 405)
        #expect(post.header("Allow") == "GET, HEAD")
    }

    @Test(arguments: ["/", "/graphq", "/graphql/", "/health", "/files", "/%2e%2e/etc/passwd"])
    func `there is nothing elsewhere, which is said in JSON`(_ path: String) async throws {
        let answer = try await TestServer.current.client.get(path)
        #expect(answer.status == 404)
        #expect(answer.header("Content-Type") == "application/json")
        let body = #"{"errors":[{"message":"There is nothing at this path. GraphQL is at /graphql."}]}"#
        #expect(answer.body == Array(body.utf8))
    }

    @Test(arguments: [CurlRequest.Method.put, .patch, .delete])
    func `another method than GET and POST is refused with what is allowed`(_ method: CurlRequest.Method) async throws {
        let answer = try await TestServer.current.client.send(method, "/graphql")
        #expect(answer.status == 405)
        #expect(answer.header("Allow") == "GET, POST, OPTIONS")
        #expect(GraphQLAnswer(status: answer.status, body: answer.body).codes == ["METHOD_NOT_ALLOWED"])
    }

    @Test func `a GET runs queries only`() async throws {
        let server = try TestServer.current
        let headers = [(name: "Authorization", value: "Bearer \(try server.token())")]
        let query = try await server.client.get("/graphql?query=%7Bconnections%7Bname%7D%7D", headers: headers)
        #expect(query.status == 200)
        let mutation = try await server.client.send(
            .get, "/graphql?query=mutation%7BdeleteAgreement(connectedOrgId%3A%22x%22)%7D", headers: headers)
        #expect(mutation.status == 405)
        #expect(mutation.header("Allow") == "POST")
    }

    @Test(arguments: [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ conections { name } }", "GRAPHQL_VALIDATION_FAILED"),
        ("query A { __typename } query B { __typename }", "OPERATION_RESOLUTION_FAILURE"),
        (#"mutation($id: ID!) { deleteAgreement(connectedOrgId: $id) }"#, "BAD_USER_INPUT"),
    ])
    func `a request that can't be executed has its code and its id`(_ document: String, _ code: String) async throws {
        let server = try TestServer.current
        let answer = try await server.client.graphQL(document, token: server.token())
        #expect(answer.codes == [code])
        #expect(answer.errors.allSatisfy { $0.extensions.requestId?.isEmpty == false })
    }

    @Test func `a request's own id is in the response and its errors`() async throws {
        let server = try TestServer.current
        let answer = try await server.client.send(
            .post, "/graphql",
            headers: [
                (name: "Content-Type", value: "application/json"), (name: "X-Request-ID", value: "client-made-7"),
                (name: "Authorization", value: "Bearer \(try server.token())"),
            ],
            body: Array(#"{"query": "mutation { deleteAgreement(connectedOrgId: \"x\") }"}"#.utf8))
        #expect(answer.header("X-Request-ID") == "client-made-7")
        let errors = GraphQLAnswer(status: answer.status, body: answer.body).errors
        #expect(errors.map(\.extensions.requestId) == ["client-made-7"])
    }

    private static let introspection = "{ __schema { queryType { name } mutationType { name } } __typename }"

    @Test func `in development the schema may be read without a token, and nothing else`() async throws {
        let client = try TestServer.current.client
        let schema = try await client.graphQL(Self.introspection, token: nil)
        #expect(schema.status == 200)
        #expect(
            schema.text == """
                {"data":{"__schema":{"queryType":{"name":"Query"},"mutationType":{"name":"Mutation"}},\
                "__typename":"Query"}}
                """)
        let more = try await client.graphQL("{ __typename connections { name } }", token: nil)
        #expect(more.status == 401)
        #expect(more.codes == ["UNAUTHENTICATED"])
        let page = try await client.get("/graphql", headers: [(name: "Accept", value: "text/html")])
        #expect(page.status == 200)
        #expect(page.header("Content-Type")?.hasPrefix("text/html") == true)
    }

    @Test func `in production the schema may not be read, and there is no playground`() async throws {
        let server = try TestServer.current
        try await server.withAnother(settings: ["ACCORD_ENV": "production"]) { server async throws in
            for token in [nil, try server.token("super_admin")] {
                let schema = try await server.client.graphQL(Self.introspection, token: token)
                #expect(schema.codes == ["BAD_USER_INPUT"])
                let type = try await server.client.graphQL(
                    #"{ __type(name: "Query") { fields { name } } }"#, token: token)
                #expect(type.codes == ["BAD_USER_INPUT"])
                #expect(!type.text.contains("connections"))
            }
            let name = try await server.client.graphQL("{ __typename }", token: server.token())
            #expect(name.text == #"{"data":{"__typename":"Query"}}"#)
            let page = try await server.client.get("/graphql", headers: [(name: "Accept", value: "text/html")])
            #expect(page.status == 406)
        }
        let asked = ["ACCORD_ENV": "production", "ACCORD_INTROSPECTION": "true", "ACCORD_PLAYGROUND": "true"]
        try await server.withAnother(settings: asked) { server async throws in
            #expect(try await server.client.graphQL(Self.introspection, token: nil).errors.isEmpty)
            let page = try await server.client.get("/graphql", headers: [(name: "Accept", value: "text/html")])
            #expect(page.status == 200)
        }
    }

    @Test func `only configured sites may read answers`() async throws {
        let server = try TestServer.current
        try await server.withAnother(settings: ["ACCORD_CORS_ORIGINS": "https://app.example"]) { server async throws in
            for (origin, allowed) in [("https://app.example", "https://app.example"), ("https://evil.example", nil)] {
                let answer = try await server.client.send(
                    .options, "/graphql",
                    headers: [
                        (name: "Origin", value: origin), (name: "Access-Control-Request-Method", value: "POST"),
                    ])
                #expect(answer.status == 204)
                #expect(answer.header("Access-Control-Allow-Origin") == allowed)
            }
        }
    }
}
