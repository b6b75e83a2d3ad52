import Foundation
import Testing

@testable import GraphQLHTTP

/// Through a real socket: requests with JSON, by URL, and those that are refused.
@Suite(.timeLimit(.minutes(5)))
struct GraphQLHTTPHandlerTests {
    private static let json = ["Content-Type": "application/json", "X-Request-ID": "r1"]
    private static let member = json.merging(["Authorization": "Bearer member"]) { $1 }

    /// The body of an answer to a refused request with the id `r1`.
    private func errors(_ message: String, _ code: String) -> String {
        #"{"errors":[{"message":"\#(message.replacing("\"", with: "\\\""))","extensions":{"code":"\#(code)","requestId":"r1"}}]}"#
    }

    @Test func `a query is answered as JSON under the client's request id`() async throws {
        try await withServer { port in
            let response = try await request(port, "POST", "/graphql", Self.member, body: #"{"query":"{ requestID }"}"#)
            #expect(response.status == 200)
            #expect(response.body == #"{"data":{"requestID":"r1"}}"#)
            #expect(
                response.headers.filter { $0.key != "date" } == [
                    "content-type": "application/json; charset=utf-8", "content-length": "27", "x-request-id": "r1",
                    "cache-control": "no-store", "x-content-type-options": "nosniff", "vary": "Accept-Encoding",
                ])
        }
    }

    @Test(arguments: ["POST", "GET", "HEAD", "PUT"])
    func `every answer has the time at which it was made`(method: String) async throws {
        try await withServer { port in
            let start = Date.now.timeIntervalSince1970.rounded(.down)
            let answer = try await WireClient.connected(to: port) { client in
                try await client.send("\(method) /graphql HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n")
                return try await client.response(hasBody: method != "HEAD")
            }
            let formatter = DateFormatter()
            formatter.locale = Locale(identifier: "en_US_POSIX")
            formatter.timeZone = TimeZone(identifier: "GMT")
            formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
            let time = try #require(answer.headers["date"].flatMap { formatter.date(from: $0) })
            #expect((start...Date.now.timeIntervalSince1970).contains(time.timeIntervalSince1970))
        }
    }

    @Test func `a connection serves several requests`() async throws {
        try await withServer { port in
            try await WireClient.connected(to: port) { client in
                for id in ["a", "b", "c"] {
                    try await client.send(
                        """
                        POST /graphql HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer member\r\nX-Request-ID: \(id)\r\n\
                        Content-Type: application/json\r\nContent-Length: 25\r\n\r\n{"query":"{ requestID }"}
                        """)
                    #expect(try await client.response().body == #"{"data":{"requestID":"\#(id)"}}"#)
                }
            }
        }
    }

    @Test(arguments: [nil, "", "two words", "ä", String(repeating: "a", count: 129)])
    func `a request without a sane id gets one`(_ id: String?) async throws {
        try await withServer { port in
            var headers = Self.member
            headers["X-Request-ID"] = id
            let response = try await request(port, "POST", "/graphql", headers, body: #"{"query":"{ requestID }"}"#)
            let made = try #require(response.headers["x-request-id"])
            #expect(made.utf8.count == 32)
            #expect(response.body == #"{"data":{"requestID":"\#(made)"}}"#)
        }
    }

    @Test(arguments: [
        (#"{"query":"{"}"#, "GRAPHQL_PARSE_FAILED"),
        (#"{"query":"{ requestID }","operationName":"x"}"#, "OPERATION_RESOLUTION_FAILURE"),
        (#"{"query":"query ($t: String!) { echo(text: $t) }","variables":{"t":1}}"#, "BAD_USER_INPUT"),
    ])
    func `a request error has status 400 only in the newer media type`(_ body: String, _ code: String) async throws {
        try await withServer { port in
            for (accept, status) in [
                ("application/json", 200), ("application/graphql-response+json", 400), ("*/*", 200),
            ] {
                let headers = Self.member.merging(["Accept": accept]) { $1 }
                let response = try await request(port, "POST", "/graphql", headers, body: body)
                #expect(response.status == status)
                #expect(response.body.hasSuffix(#""extensions":{"code":"\#(code)","requestId":"r1"}}]}"#))
            }
        }
    }

    @Test func `an executed operation has status 200 in the newer media type`() async throws {
        try await withServer { port in
            let headers = Self.member.merging(["Accept": "application/graphql-response+json"]) { $1 }
            let response = try await request(port, "POST", "/graphql", headers, body: #"{"query":"{ requestID }"}"#)
            #expect(response.status == 200)
            #expect(response.headers["content-type"] == "application/graphql-response+json; charset=utf-8")
        }
    }

    @Test(
        arguments: [
            ("application/json", 200), ("application/json; charset=utf-8", 200),
            ("application/json;charset=\"UTF-8\"", 200),
            ("APPLICATION/JSON", 200), ("application/json; charset=iso-8859-1", 415),
            ("application/json; charset=utf-16", 415),
            ("text/plain", 415), ("application/x-www-form-urlencoded", 415), ("application/graphql", 415), ("", 415),
            (nil, 415),
        ] as [(String?, Int)])
    func `the body must be JSON in UTF-8`(_ contentType: String?, _ status: Int) async throws {
        try await withServer { port in
            var headers = Self.member
            headers["Content-Type"] = contentType
            let response = try await request(port, "POST", "/graphql", headers, body: #"{"query":"{ requestID }"}"#)
            #expect(response.status == status)
        }
    }

    @Test func `an answer in another media type is refused`() async throws {
        try await withServer { port in
            let headers = Self.member.merging(["Accept": "text/html"]) { $1 }
            let response = try await request(port, "POST", "/graphql", headers, body: "{}")
            #expect(response.status == 406)
            #expect(
                response.body
                    == errors(
                        "The response is application/graphql-response+json or application/json; Accept allows neither.",
                        "NOT_ACCEPTABLE"))
        }
    }

    @Test(arguments: ["", "{", "[]", "{}", #"{"query":null}"#, #"{"query":1}"#, #"{"query":"{a}","query":"{b}"}"#])
    func `a malformed body is a bad request`(_ body: String) async throws {
        try await withServer { port in
            let response = try await request(port, "POST", "/graphql", Self.member, body: body)
            #expect(response.status == 400)
            #expect(response.body.contains(#""code":"BAD_USER_INPUT","requestId":"r1""#))
        }
    }

    @Test(arguments: [(-1, 200), (0, 200), (1, 400)])
    func `JSON may be nested as deep as configured`(_ excess: Int, _ status: Int) async throws {
        var configuration = GraphQLHTTPConfiguration()
        configuration.maximumJSONDepth = 20
        try await withServer(configuration) { port in
            // Within the body's object.
            let depth = 20 + excess - 1
            let lists = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            let body = #"{"query":"{ requestID }","extra":\#(lists)}"#
            let response = try await request(port, "POST", "/graphql", Self.member, body: body)
            #expect(response.status == status)
        }
    }

    @Test(arguments: [(-1, 200), (0, 200), (1, 413)])
    func `a body is refused one byte above the limit`(_ excess: Int, _ status: Int) async throws {
        var configuration = GraphQLHTTPConfiguration()
        configuration.maximumJSONBytes = 2000
        try await withServer(configuration) { port in
            let query = #"{"query":"{ requestID }"}"#
            let body = query + String(repeating: " ", count: 2000 + excess - query.utf8.count)
            let declared = try await request(port, "POST", "/graphql", Self.member, body: body)
            #expect(declared.status == status)
            let chunked = try await WireClient.connected(to: port) { client in
                try await client.send(
                    "POST /graphql HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer member\r\nX-Request-ID: r1\r\n"
                        + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n")
                return try await client.response()
            }
            #expect(chunked.status == status)
            #expect(chunked.body == declared.body)
        }
    }

    @Test func `a declared length above the limit is answered before the body comes, and ends the connection`()
        async throws
    {
        try await withServer { port in
            try await WireClient.connected(to: port) { client in
                try await client.send(
                    "POST /graphql HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer member\r\nX-Request-ID: r1\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 1073741824\r\n\r\n")
                let response = try await client.response()
                #expect(response.status == 413)
                #expect(response.headers["connection"] == "close")
                #expect(response.body == errors("The request body is larger than 1048576 bytes.", "REQUEST_TOO_LARGE"))
                #expect(await client.isClosed())
            }
        }
    }

    @Test func `a client that asks whether to continue is told to, or refused`() async throws {
        try await withServer { port in
            let head =
                "POST /graphql HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 25\r\n"
                + "Expect: 100-continue\r\n"
            try await WireClient.connected(to: port) { client in
                try await client.send(head + "Authorization: Bearer member\r\n\r\n")
                #expect(try await client.response().status == 100)
                try await client.send(#"{"query":"{ requestID }"}"#)
                #expect(try await client.response().status == 200)
            }
            try await WireClient.connected(to: port) { client in
                try await client.send(head + "Authorization: Bearer stolen\r\n\r\n")
                #expect(try await client.response().status == 401)
                #expect(await client.isClosed())
            }
        }
    }

    @Test func `a body that is cut off is a bad request`() async throws {
        try await withServer { port in
            try await WireClient.connected(to: port) { client in
                try await client.send(
                    "POST /graphql HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer member\r\nX-Request-ID: r1\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 25\r\n\r\n{\"query\"")
                client.finishSending()
                let response = try await client.response()
                #expect(response.status == 400)
                #expect(response.body == errors("The request body ends before it is complete.", "BAD_USER_INPUT"))
            }
        }
    }

    @Test func `a token that is no good is refused, and without one only the type system is shown`() async throws {
        try await withServer { port in
            let bad = Self.json.merging(["Authorization": "Bearer stolen"]) { $1 }
            let refused = try await request(port, "POST", "/graphql", bad, body: #"{"query":"{ __typename }"}"#)
            #expect(refused.status == 401)
            #expect(refused.headers["www-authenticate"] == "Bearer")
            #expect(refused.body == errors("The token is no good.", "UNAUTHENTICATED"))
            let anonymous = try await request(port, "POST", "/graphql", Self.json, body: #"{"query":"{ requestID }"}"#)
            #expect(anonymous.status == 401)
            let typename = try await request(port, "POST", "/graphql", Self.json, body: #"{"query":"{ __typename }"}"#)
            #expect(typename.status == 200)
            #expect(typename.body == #"{"data":{"__typename":"Query"}}"#)
        }
    }

    @Test func `a query may come by URL`() async throws {
        try await withServer { port in
            let target =
                "/graphql?query=query%20A(%24t%3AString!)%7Becho(text%3A%24t)%7D&operationName=A"
                + "&variables=%7B%22t%22%3A%22%C3%A4+b%22%7D&extensions="
            let response = try await request(port, "GET", target, Self.member)
            #expect(response.status == 200)
            #expect(response.body == #"{"data":{"echo":"ä b"}}"#)
        }
    }

    @Test func `a mutation by URL is refused`() async throws {
        try await withServer { port in
            let target = "/graphql?query=mutation%7Bignore%7D"
            let response = try await request(port, "GET", target, Self.member)
            #expect(response.status == 405)
            #expect(response.headers["allow"] == "POST")
        }
    }

    @Test(arguments: [
        ("GET", "/graphql?query=subscription%7Bletters%7D", ""),
        ("POST", "/graphql", #"{"query":"subscription { letters }"}"#),
    ])
    func `a subscription is refused`(_ method: String, _ target: String, _ body: String) async throws {
        try await withServer { port in
            for accept in ["application/json", "application/graphql-response+json"] {
                let headers = Self.member.merging(["Accept": accept]) { $1 }
                let response = try await request(port, method, target, headers, body: body)
                #expect(response.status == 400)
                #expect(response.body == errors("Subscriptions are not served over HTTP.", "BAD_USER_INPUT"))
            }
        }
    }

    @Test(arguments: [
        ("Authorization", "Bearer member", 200), ("GraphQL-Require-Preflight", "1", 200),
        ("Apollo-Require-Preflight", "true", 200), ("X-Apollo-Operation-Name", "A", 200),
        ("GraphQL-Require-Preflight", "", 400), ("Accept", "application/json", 400),
    ])
    func `a query by URL needs a header that no form can set`(
        _ name: String, _ value: String, _ status: Int
    ) async throws {
        try await withServer { port in
            let headers = ["X-Request-ID": "r1", name: value]
            let response = try await request(port, "GET", "/graphql?query=%7B__typename%7D", headers)
            #expect(response.status == status)
            if status == 400 {
                #expect(
                    response.body
                        == errors(
                            "This request could have been sent by another site. "
                                + #"Add the header "GraphQL-Require-Preflight: 1" or an "Authorization" header."#,
                            "PREFLIGHT_REQUIRED"))
            }
        }
    }

    @Test(arguments: ["PUT", "DELETE", "PATCH", "HEAD", "PROPFIND"])
    func `another method is refused`(_ method: String) async throws {
        try await withServer { port in
            try await WireClient.connected(to: port) { client in
                try await client.send("\(method) /graphql HTTP/1.1\r\nHost: h\r\nX-Request-ID: r1\r\n\r\n")
                let response = try await client.response(hasBody: method != "HEAD")
                #expect(response.status == 405)
                #expect(response.headers["allow"] == "GET, POST, OPTIONS")
                let body = errors("GraphQL is served by GET and POST.", "METHOD_NOT_ALLOWED")
                #expect(response.headers["content-length"] == String(body.utf8.count))
                #expect(response.body == (method == "HEAD" ? "" : body))
                try await client.send("OPTIONS /graphql HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(try await client.response().status == 204)
            }
        }
    }

    @Test func `a preflight request from an allowed site is granted`() async throws {
        var configuration = GraphQLHTTPConfiguration()
        configuration.cors = CORSPolicy(origins: .only(["https://app.example.com"]))
        try await withServer(configuration) { port in
            let asked = [
                "Origin": "https://app.example.com", "Access-Control-Request-Method": "POST",
                "Access-Control-Request-Headers": "authorization,content-type", "X-Request-ID": "r1",
            ]
            let granted = try await request(port, "OPTIONS", "/graphql", asked)
            #expect(granted.status == 204)
            #expect(
                granted.headers.filter { $0.key.hasPrefix("access-control") || $0.key == "vary" } == [
                    "access-control-allow-origin": "https://app.example.com",
                    "access-control-allow-methods": "GET, POST",
                    "access-control-allow-headers": "authorization,content-type",
                    "access-control-max-age": "7200",
                    "access-control-expose-headers": "X-Request-ID",
                    "vary": "Origin",
                ])
            let refused = try await request(
                port, "OPTIONS", "/graphql", asked.merging(["Origin": "https://evil.example.com"]) { $1 })
            #expect(refused.status == 204)
            #expect(refused.headers.keys.filter { $0.hasPrefix("access-control") } == [])
            let answer = try await request(
                port, "POST", "/graphql", Self.member.merging(["Origin": "https://app.example.com"]) { $1 },
                body: #"{"query":"{ requestID }"}"#)
            #expect(answer.headers["access-control-allow-origin"] == "https://app.example.com")
            #expect(answer.headers["access-control-expose-headers"] == "X-Request-ID")
        }
    }

    @Test func `every site may ask when all are allowed`() async throws {
        var configuration = GraphQLHTTPConfiguration()
        configuration.cors = CORSPolicy(origins: .any)
        try await withServer(configuration) { port in
            let headers = Self.member.merging(["Origin": "https://anything.example"]) { $1 }
            let response = try await request(port, "POST", "/graphql", headers, body: "{}")
            #expect(response.status == 400)
            #expect(response.headers["access-control-allow-origin"] == "*")
            #expect(response.headers["vary"] == "Accept-Encoding")
        }
    }

    @Test func `a browser gets the playground under a strict policy`() async throws {
        var configuration = GraphQLHTTPConfiguration()
        configuration.playgroundSettings = #"{"title":"</script>"}"#
        try await withServer(configuration) { port in
            let accept = ["Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"]
            let page = try await request(port, "GET", "/graphql", accept)
            #expect(page.status == 200)
            #expect(page.headers["content-type"] == "text/html; charset=utf-8")
            #expect(page.headers["x-frame-options"] == "DENY")
            #expect(page.headers["referrer-policy"] == "no-referrer")
            let policy = try #require(page.headers["content-security-policy"])
            let nonce = try #require(policy.firstMatch(of: /script-src 'nonce-([a-z0-9]+)'/)).1
            #expect(page.body.contains("<script nonce=\"\(nonce)\">"))
            #expect(page.body.contains("<style nonce=\"\(nonce)\">"))
            #expect(!page.body.contains("<script>"))
            // Every file that the page names was put in its place.
            #expect(!page.body.contains("<script src="))
            #expect(!page.body.contains("<link rel=\"stylesheet\""))
            #expect(page.body.contains(#"id="settings">{"title":"\u003c/script>"}</script>"#))
            let other = try await request(port, "GET", "/graphql", accept)
            #expect(other.headers["content-security-policy"] != policy)
            let query = try await request(
                port, "GET", "/graphql?query=%7B__typename%7D", accept.merging(Self.member) { $1 })
            #expect(query.body == #"{"data":{"__typename":"Query"}}"#)
        }
    }

    @Test func `there is no playground unless it is switched on`() async throws {
        try await withServer { port in
            let response = try await request(port, "GET", "/graphql", ["Accept": "text/html,*/*;q=0.8"])
            #expect(response.status == 400)
        }
    }
}
