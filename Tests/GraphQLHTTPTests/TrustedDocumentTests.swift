import Testing

@testable import GraphQLHTTP

/// Through a real socket: a server that executes nothing but the documents of its list.
@Suite(.timeLimit(.minutes(5)))
struct TrustedDocumentTests {
    private static let headers = [
        "Content-Type": "application/json", "X-Request-ID": "r1", "Authorization": "Bearer member",
    ]
    private static let document = "query A($t: String!) { echo(text: $t) } query B { requestID }"
    private static let hash = sha256(document)

    private var configuration: GraphQLHTTPConfiguration {
        var configuration = GraphQLHTTPConfiguration()
        configuration.documents = .trusted(TrustedDocuments(["Echo": Self.document, "Forget": "mutation { ignore }"]))
        return configuration
    }

    @Test(arguments: [
        #""documentId":"Echo""#, #""documentId":"\#(hash)""#, #""documentId":"sha256:\#(hash)""#,
        #""extensions":{"persistedQuery":{"version":1,"sha256Hash":"\#(hash)"}}"#,
    ])
    func `a document of the list is executed by any of its identifiers`(_ identifier: String) async throws {
        try await withServer(configuration) { port in
            let response = try await request(
                port, "POST", "/graphql", Self.headers,
                body: #"{\#(identifier),"operationName":"A","variables":{"t":"b"}}"#)
            #expect(response.status == 200)
            #expect(response.body == #"{"data":{"echo":"b"}}"#)
        }
    }

    @Test func `a document of the list is executed by GET, unless it changes something`() async throws {
        try await withServer(configuration) { port in
            let query = try await request(port, "GET", "/graphql?documentId=Echo&operationName=B", Self.headers)
            #expect(query.body == #"{"data":{"requestID":"r1"}}"#)
            let mutation = try await request(port, "GET", "/graphql?documentId=Forget", Self.headers)
            #expect(mutation.status == 405)
        }
    }

    @Test(arguments: [
        (#""query":"{ requestID }""#, "PERSISTED_QUERY_ID_REQUIRED"),
        (#""query":"\#(document)""#, "PERSISTED_QUERY_ID_REQUIRED"),
        (#""query":"{ __typename }""#, "PERSISTED_QUERY_ID_REQUIRED"),
        (
            #""query":"\#(document)","extensions":{"persistedQuery":{"version":1,"sha256Hash":"\#(hash)"}}"#,
            "PERSISTED_QUERY_ID_REQUIRED"
        ),
        (#""documentId":"echo""#, "PERSISTED_QUERY_NOT_IN_LIST"),
        (#""documentId":"""#, "PERSISTED_QUERY_NOT_IN_LIST"),
        (#""documentId":"sha256:Echo""#, "PERSISTED_QUERY_NOT_IN_LIST"),
        (
            #""extensions":{"persistedQuery":{"version":1,"sha256Hash":"abc"}}"#, "PERSISTED_QUERY_NOT_IN_LIST"
        ),
        (#""documentId":7"#, "BAD_USER_INPUT"), (#""variables":{}"#, "BAD_USER_INPUT"),
    ])
    func `everything else is refused`(_ members: String, _ code: String) async throws {
        try await withServer(configuration) { port in
            let response = try await request(port, "POST", "/graphql", Self.headers, body: "{\(members)}")
            #expect(response.status == 400)
            #expect(response.body.hasSuffix(#""extensions":{"code":"\#(code)","requestId":"r1"}}]}"#))
        }
    }

    @Test func `an identifier means nothing to a server without a list`() async throws {
        try await withServer { port in
            let response = try await request(port, "POST", "/graphql", Self.headers, body: #"{"documentId":"Echo"}"#)
            #expect(response.status == 400)
            #expect(response.body.contains("this server has no list of documents"))
        }
    }
}
