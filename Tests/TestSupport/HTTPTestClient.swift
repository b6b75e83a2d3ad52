package import Curl
import Foundation

/// A client of one server, over real sockets, that keeps its connections alive as browsers do.
package struct HTTPTestClient: Sendable {
    /// Where the server answers, without a path.
    package let url: String
    private let curl = CurlClient()

    package init(url: String) {
        self.url = url
    }

    /// Closes every connection.
    func shutdown() {
        curl.shutdown()
    }

    /// Gets a path on this server, or a whole URL, as a download link is.
    package func get(_ target: String, headers: [(name: String, value: String)] = []) async throws -> CurlResponse {
        try await send(.get, target, headers: headers)
    }

    /// Sends a request to a path on this server, or to a whole URL.
    package func send(
        _ method: CurlRequest.Method, _ target: String, headers: [(name: String, value: String)] = [],
        body: [UInt8]? = nil
    ) async throws -> CurlResponse {
        try await curl.perform(
            CurlRequest(
                method: method,
                url: target.hasPrefix("/") ? url + target : target,
                headers: headers,
                body: body.map { .bytes($0) } ?? .none,
                // Patient: a slow machine is no fault of the server's.
                timeouts: CurlTimeouts(connect: .seconds(60), stall: .seconds(60), total: .seconds(120)),
                maximumResponseBytes: 64 << 20))
    }

    /// Posts an operation as JSON.
    package func graphQL(
        _ document: String, variables: [String: String] = [:], token: String?
    ) async throws -> GraphQLAnswer {
        let body = try JSONEncoder().encode(GraphQLRequest(query: document, variables: variables))
        return try await post(body: Array(body), contentType: "application/json", token: token)
    }

    /// Posts a body to `/graphql`.
    package func post(
        body: [UInt8], contentType: String, token: String?
    ) async throws -> GraphQLAnswer {
        var headers = [(name: "Content-Type", value: contentType)]
        if let token { headers.append((name: "Authorization", value: "Bearer \(token)")) }
        return GraphQLAnswer(try await send(.post, "/graphql", headers: headers, body: body))
    }

    private struct GraphQLRequest: Encodable {
        let query: String
        let variables: [String: String]
    }
}

/// A GraphQL response as a client sees it.
package struct GraphQLAnswer: Sendable {
    package let status: Int
    /// The whole body.
    package let text: String
    /// Empty when there are none.
    package let errors: [Entry]

    /// An entry of `errors`.
    package struct Entry: Decodable, Sendable {
        package let message: String
        package let extensions: Extensions

        package struct Extensions: Decodable, Sendable {
            package let code: String
            package let requestId: String?
        }
    }

    /// `extensions.code` of each error.
    package var codes: [String] { errors.map(\.extensions.code) }

    /// Reads what a server answered.
    package init(_ response: CurlResponse) {
        self.init(status: response.status, body: response.body)
    }

    /// Reads a response; one that is none has an error with the code `(no GraphQL response)`.
    package init(status: Int, body: [UInt8]) {
        self.status = status
        text = String(decoding: body, as: UTF8.self)
        do {
            errors = try JSONDecoder().decode(Errors.self, from: Data(body)).errors ?? []
        } catch {
            let code = Entry.Extensions(code: "(no GraphQL response)", requestId: nil)
            errors = [Entry(message: "\(error)", extensions: code)]
        }
    }

    /// What is under `data`.
    package func data<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try JSONDecoder().decode(Response<Value>.self, from: Data(text.utf8)).data
    }

    private struct Errors: Decodable {
        let errors: [Entry]?
    }

    private struct Response<Value: Decodable>: Decodable {
        let data: Value
    }
}
