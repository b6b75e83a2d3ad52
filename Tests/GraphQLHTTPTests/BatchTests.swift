import Testing

@testable import GraphQLHTTP

/// Through a real socket: several operations in one request.
@Suite(.timeLimit(.minutes(5)))
struct BatchTests {
    private static let headers = [
        "Content-Type": "application/json", "X-Request-ID": "r1", "Authorization": "Bearer member",
    ]

    private func configuration(batch: Int?) -> GraphQLHTTPConfiguration {
        var configuration = GraphQLHTTPConfiguration()
        configuration.maximumBatch = batch
        return configuration
    }

    private func post(_ port: Int, _ body: String, accept: String? = nil) async throws -> WireResponse {
        var headers = Self.headers
        headers["Accept"] = accept
        return try await request(port, "POST", "/graphql", headers, body: body)
    }

    private func error(_ message: String, _ code: String = "BAD_USER_INPUT") -> String {
        let message = message.replacing("\"", with: "\\\"")
        return #"{"errors":[{"message":"\#(message)","extensions":{"code":"\#(code)","requestId":"r1"}}]}"#
    }

    @Test func `batches are refused unless they are switched on`() async throws {
        try await withServer { port in
            let response = try await post(port, #"[{"query":"{ requestID }"}]"#)
            #expect(response.status == 400)
            #expect(response.body == error("Batches of operations are not accepted."))
        }
    }

    @Test(arguments: [(1, 200), (2, 200), (3, 400)])
    func `a batch may have as many operations as configured`(_ count: Int, _ status: Int) async throws {
        try await withServer(configuration(batch: 2)) { port in
            let operations = (1...count).map { #"{"query":"{ echo(text: \"\#($0)\") }"}"# }
            let response = try await post(port, "[\(operations.joined(separator: ","))]")
            #expect(response.status == status)
            let results = (1...count).map { #"{"data":{"echo":"\#($0)"}}"# }
            #expect(
                response.body
                    == (status == 200
                        ? "[\(results.joined(separator: ","))]" : error("A batch may have at most 2 operations.")))
        }
    }

    @Test func `an empty batch is a bad request`() async throws {
        try await withServer(configuration(batch: 2)) { port in
            let response = try await post(port, "[]")
            #expect(response.status == 400)
            #expect(response.body == error("A batch must have at least one operation."))
        }
    }

    @Test func `what is wrong with one operation leaves the others alone`() async throws {
        try await withServer(configuration(batch: 9)) { port in
            let response = try await post(
                port,
                #"[{"query":"{ requestID }"},{},7,[],{"query":"subscription { letters }"},{"query":"{ requestID }"}]"#)
            #expect(response.status == 200)
            #expect(
                response.body == """
                    [{"data":{"requestID":"r1"}},\(error("The parameter \"query\" is missing.")),\
                    \(error("A request must be a JSON object.")),\(error("A request must be a JSON object.")),\
                    \(error("Subscriptions are not served over HTTP.")),{"data":{"requestID":"r1"}}]
                    """)
        }
    }

    @Test(arguments: [("application/json", 200), ("application/graphql-response+json", 400)])
    func `a batch whose operations all fail alike has their status`(_ accept: String, _ status: Int) async throws {
        try await withServer(configuration(batch: 2)) { port in
            let response = try await post(port, #"[{"query":"{"},{"query":"{ nothing }"}]"#, accept: accept)
            #expect(response.status == status)
            #expect(response.headers["content-type"] == "\(accept); charset=utf-8")
        }
    }

    @Test func `a batch without a token is refused as one`() async throws {
        try await withServer(configuration(batch: 2)) { port in
            let headers = ["Content-Type": "application/json", "X-Request-ID": "r1"]
            let body = #"[{"query":"{ requestID }"},{"query":"{ requestID }"}]"#
            let response = try await request(port, "POST", "/graphql", headers, body: body)
            #expect(response.status == 401)
            #expect(response.headers["www-authenticate"] == "Bearer")
        }
    }

    @Test func `each operation of a batch counts as a request`() async throws {
        try await withServer(configuration(batch: 9), mayFurther: 1) { port in
            let two = try await post(port, #"[{"query":"{ requestID }"},{"query":"{ requestID }"}]"#)
            #expect(two.status == 200)
            let three = try await post(
                port, #"[{"query":"{ requestID }"},{"query":"{ requestID }"},{"query":"{ requestID }"}]"#)
            #expect(three.status == 429)
        }
    }

    @Test func `the operations of a multipart request may be several`() async throws {
        try await withServer(configuration(batch: 2)) { port in
            let operation =
                #"{"query":"mutation ($file: Upload!) { upload(file: $file) }","variables":{"file":null}}"#
            func part(_ name: String, _ content: String, _ more: String = "") -> String {
                "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\(more)\r\n\r\n\(content)\r\n"
            }
            let body =
                part("operations", "[\(operation),\(operation)]")
                + part("map", #"{"x":["0.variables.file"],"y":["1.variables.file"]}"#)
                + part("x", "first", "; filename=\"x.pdf\"") + part("y", "second!", "; filename=\"y.pdf\"")
                + "--b--\r\n"
            var headers = Self.headers
            headers["Content-Type"] = "multipart/form-data; boundary=b"
            let response = try await request(port, "POST", "/graphql", headers, body: body)
            #expect(response.status == 200)
            let hashes = ["first", "second!"].map { sha256($0).prefix(8) }
            #expect(
                response.body == """
                    [{"data":{"upload":"x.pdf - 5 \(hashes[0])"}},{"data":{"upload":"y.pdf - 7 \(hashes[1])"}}]
                    """)
        }
    }
}
