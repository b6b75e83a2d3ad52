import Testing

@testable import GraphQLHTTP

/// Through a real socket: documents that are sent by their hash, as Apollo's clients do.
@Suite(.timeLimit(.minutes(5)))
struct PersistedQueryTests {
    private static let headers = [
        "Content-Type": "application/json", "X-Request-ID": "r1", "Authorization": "Bearer member",
    ]
    private static let document = "{ requestID }"
    private static let notFound =
        #"{"errors":[{"message":"PersistedQueryNotFound","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND","requestId":"r1"}}]}"#

    private func configuration(bytes: Int = 100_000) -> GraphQLHTTPConfiguration {
        var configuration = GraphQLHTTPConfiguration()
        configuration.documents = .clients(PersistedQueries(maximumBytes: bytes))
        return configuration
    }

    private func body(_ document: String? = nil, hash: String = sha256(Self.document)) -> String {
        let query = document.map { #""query":"\#($0)","# } ?? ""
        return #"{\#(query)"extensions":{"persistedQuery":{"version":1,"sha256Hash":"\#(hash)"}}}"#
    }

    private func post(_ port: Int, _ body: String, _ more: [String: String] = [:]) async throws -> WireResponse {
        try await request(port, "POST", "/graphql", Self.headers.merging(more) { $1 }, body: body)
    }

    @Test func `a document is asked for once, and known by its hash from then on`() async throws {
        try await withServer(configuration()) { port in
            let unknown = try await post(port, body())
            #expect(unknown.status == 200)
            #expect(unknown.body == Self.notFound)
            let newer = try await post(port, body(), ["Accept": "application/graphql-response+json"])
            #expect(newer.status == 400)
            #expect(newer.body == Self.notFound)
            for body in [body(Self.document), body()] {
                let response = try await post(port, body)
                #expect(response.status == 200)
                #expect(response.body == #"{"data":{"requestID":"r1"}}"#)
            }
            let extensions =
                "%7B%22persistedQuery%22:%7B%22version%22:1,%22sha256Hash%22:%22\(sha256(Self.document))%22%7D%7D"
            let got = try await request(port, "GET", "/graphql?extensions=\(extensions)", Self.headers)
            #expect(got.body == #"{"data":{"requestID":"r1"}}"#)
        }
    }

    @Test func `a hash of something else is refused, and nothing is kept under it`() async throws {
        try await withServer(configuration()) { port in
            let response = try await post(port, body("{ __typename }", hash: sha256(Self.document)))
            #expect(response.status == 400)
            #expect(response.body.contains(#"is not the SHA-256 of the query."#))
            #expect(try await post(port, body()).body == Self.notFound)
        }
    }

    @Test(arguments: ["{", "{ nothing }", "subscription { letters }"])
    func `what can't be executed is not kept`(_ document: String) async throws {
        try await withServer(configuration()) { port in
            _ = try await post(port, body(document, hash: sha256(document)))
            #expect(try await post(port, body(hash: sha256(document))).body == Self.notFound)
        }
    }

    @Test func `what a caller may not do is not kept`() async throws {
        try await withServer(configuration()) { port in
            let anonymous = ["Content-Type": "application/json", "X-Request-ID": "r1"]
            let refused = try await request(port, "POST", "/graphql", anonymous, body: body(Self.document))
            #expect(refused.status == 401)
            #expect(try await post(port, body()).body == Self.notFound)
        }
    }

    @Test func `what strangers may ask is answered, and not kept`() async throws {
        let strangers = ["Content-Type": "application/json", "X-Request-ID": "r1"]
        let document = "{ __typename }"
        try await withServer(configuration()) { port in
            let body = body(document, hash: sha256(document))
            let answered = try await request(port, "POST", "/graphql", strangers, body: body)
            #expect(answered.body == #"{"data":{"__typename":"Query"}}"#)
            #expect(try await post(port, self.body(hash: sha256(document))).body == Self.notFound)
            // What somebody else has sent is there for all who may ask it.
            _ = try await post(port, body)
            let known = try await request(
                port, "POST", "/graphql", strangers, body: self.body(hash: sha256(document)))
            #expect(known.body == #"{"data":{"__typename":"Query"}}"#)
        }
    }

    @Test func `where nothing is kept, the extension is not supported`() async throws {
        try await withServer { port in
            for body in [body(), body(Self.document)] {
                let response = try await post(port, body)
                #expect(response.status == 200)
                #expect(
                    response.body
                        == Self.notFound.replacing("NotFound", with: "NotSupported")
                        .replacing("NOT_FOUND", with: "NOT_SUPPORTED"))
            }
        }
    }

    @Test(arguments: [
        "1", "[]", "{}", #"{"version":1}"#, #"{"version":2,"sha256Hash":"a"}"#, #"{"version":"1","sha256Hash":"a"}"#,
        #"{"version":1,"sha256Hash":1}"#, "null",
    ])
    func `a malformed extension is a bad request`(_ value: String) async throws {
        try await withServer(configuration()) { port in
            let response = try await post(
                port, #"{"query":"{ requestID }","extensions":{"persistedQuery":\#(value)}}"#)
            #expect(response.status == 400)
            #expect(response.body.contains(#""code":"BAD_USER_INPUT""#))
        }
    }

    @Test func `what is kept is bounded in bytes, and what is asked for stays`() {
        let entry = PersistedQueries.entryBytes + 1_000
        let cache = PersistedQueries(maximumBytes: 20 * entry)
        let texts = (0..<1_000).map { String(repeating: "\($0 % 10)", count: 996) + String($0 + 1_000) }
        for text in texts {
            cache.keep(text, as: sha256(text))
            #expect(cache.document(sha256(texts[0])) == texts[0])
            #expect(cache.bytes <= 20 * entry)
        }
        #expect(cache.document(sha256(texts[999])) == texts[999])
        #expect(cache.document(sha256(texts[500])) == nil)
    }

    @Test(arguments: [(-1, true), (0, true), (1, false)])
    func `a document that takes more than half of the cache is not kept`(_ excess: Int, _ isKept: Bool) {
        let cache = PersistedQueries(maximumBytes: 2_000)
        let text = String(repeating: "a", count: 1_000 - PersistedQueries.entryBytes + excess)
        cache.keep(text, as: sha256(text))
        #expect((cache.document(sha256(text)) != nil) == isKept)
    }
}
