import TestSupport
import Testing

/// Requests that no well-behaved client sends: each has its status and a GraphQL error, and none hangs.
@Suite(.sharedServer(storage: .directory), .timeLimit(.minutes(2)))
struct OddRequestTests {
    @Test(arguments: OddRequest.all)
    func `an odd request is refused in good form`(_ odd: OddRequest) async throws {
        let server = try TestServer.current
        let bytes = odd.bytes(token: try server.token())
        let answer = try await RawExchange(with: server.url, [.send(bytes)]).run()
        #expect(answer.statuses == [odd.status])
        #expect(answer.header("Allow") == odd.allow)
        guard odd.hasBody else {
            #expect(answer.body.isEmpty)
            return
        }
        #expect(answer.header("Content-Type") == odd.contentType)
        let errors = GraphQLAnswer(status: odd.status, body: answer.body).errors
        #expect(errors.map(\.extensions.code) == [odd.code])
        #expect(errors.map(\.extensions.requestId) == [answer.header("X-Request-ID")])
    }

    @Test func `a server that was sent nonsense goes on answering`() async throws {
        let server = try TestServer.current
        for odd in OddRequest.all {
            _ = try await RawExchange(with: server.url, [.send(odd.bytes(token: ""))]).run()
        }
        #expect(try await server.client.graphQL("{ __typename }", token: server.token()).errors.isEmpty)
    }
}

/// A request, and how it is answered.
struct OddRequest: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let status: Int
    let code: String
    var allow: String?
    var contentType = "application/json; charset=utf-8"
    var hasBody = true
    private let head: String
    private let body: [UInt8]

    /// The request with a token in its head.
    func bytes(token: String) -> [UInt8] {
        Array(head.replacing("TOKEN", with: "Authorization: Bearer \(token)\r\nConnection: close").utf8) + body
    }

    private init(
        _ title: String, _ status: Int, _ code: String, _ head: String, _ body: [UInt8] = [],
        allow: String? = nil, hasBody: Bool = true
    ) {
        testDescription = title
        self.status = status
        self.code = code
        self.head = head + "\r\n\r\n"
        self.body = body
        self.allow = allow
        self.hasBody = hasBody
    }

    /// A POST of JSON, or of what is taken for it.
    private static func post(
        _ title: String, _ body: [UInt8], _ status: Int = 400, _ code: String = "BAD_USER_INPUT",
        headers: String = "Content-Type: application/json"
    ) -> OddRequest {
        OddRequest(
            title, status, code,
            "POST /graphql HTTP/1.1\r\nHost: h\r\nTOKEN\r\nContent-Length: \(body.count)"
                + (headers.isEmpty ? "" : "\r\n\(headers)"),
            body)
    }

    private static func post(_ title: String, _ body: String) -> OddRequest { post(title, Array(body.utf8)) }

    static let all = members + encodings + contentTypes + methods + heads + tokens + urls

    private static let members =
        [
            post("an empty body", ""),
            post("a null", "null"),
            post("a number", "7"),
            post("a string", #""{ __typename }""#),
            post("a list", "[]"),
            post("no query", "{}"),
            post("two queries", #"{"query":"{ __typename }","query":"{ __typename }"}"#),
            post("a name twice in variables", #"{"query":"{ __typename }","variables":{"a":1,"a":2}}"#),
            post("lists nested too deep", #"{"query":"{ __typename }","variables":{"a":\#(nested("[", "]", 127))}}"#),
            post(
                "objects nested too deep",
                #"{"query":"{ __typename }","variables":\#(nested(#"{"a":"#, "}", 128, "1"))}"#),
            post("half a million brackets", String(repeating: "[", count: 500_000)),
            post("half a million braces", String(repeating: #"{"":"#, count: 200_000)),
            post("a trailing comma", #"{"query":"{ __typename }",}"#),
            post("a comment", #"{"query":"{ __typename }"} // all"#),
            post("two documents", #"{"query":"{ __typename }"}{"query":"{ __typename }"}"#),
            post("a number that is none", #"{"query":"{ __typename }","variables":{"a":01}}"#),
            post("a line end in a string", "{\"query\":\"{ \n }\"}"),
        ]
        + ["query", "operationName", "variables", "extensions"].flatMap { name in
            ["7", "-1.5", "true", name == "query" || name == "operationName" ? "{}" : #""{}""#, "[]"].map { value in
                let query = name == "query" ? "" : #""query":"{ __typename }","#
                return post("\(value) as \(name)", #"{\#(query)"\#(name)":\#(value)}"#)
            }
        }

    private static let query = Array(#"{"query":"{ __typename }"}"#.utf8)

    private static let encodings = [
        post("a byte that is no UTF-8", Array(#"{"query":"{ __typename } #"#.utf8) + [0xFF] + Array(#""}"#.utf8)),
        post("an overlong encoding", Array(#"{"query":"{ __typename } #"#.utf8) + [0xC0, 0xAF] + Array(#""}"#.utf8)),
        post("a surrogate in UTF-8", Array(#"{"query":"#.utf8) + [0x22, 0xED, 0xA0, 0x80, 0x22, 0x7D]),
        post("half a surrogate pair", #"{"query":"{ __typename } # \ud800"}"#),
        post("UTF-16", query.flatMap { [$0, 0] }),
        post("UTF-16 with its mark", [0xFF, 0xFE] + query.flatMap { [$0, 0] }),
        post("UTF-8 with a byte order mark", [0xEF, 0xBB, 0xBF] + query),
        post("zero bytes", [UInt8](repeating: 0, count: 64)),
    ]

    private static let contentTypes = [
        "", "Content-Type: text/plain", "Content-Type: text/plain;charset=UTF-8",
        "Content-Type: application/x-www-form-urlencoded", "Content-Type: application/graphql",
        "Content-Type: application/json-patch+json", "Content-Type: application/", "Content-Type: json",
        "Content-Type: ;", "Content-Type: application/json, text/html",
        "Content-Type: application/json\r\nContent-Type: application/json",
        "Content-Type: application/json; charset=utf-16", "Content-Type: application/json; charset=latin1",
        "Content-Type: application/json; charset=\"\"", "Content-Type: application/json; charset",
        "Content-Type: application/json\r\nContent-Encoding: gzip",
        "Content-Type: multipart/mixed; boundary=x",
    ].map { post("[\($0)]", query, 415, "UNSUPPORTED_MEDIA_TYPE", headers: $0) }

    private static let methods =
        ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "MKCALENDAR"].map {
            OddRequest(
                $0, 405, "METHOD_NOT_ALLOWED", "\($0) /graphql HTTP/1.1\r\nHost: h\r\nTOKEN",
                allow: "GET, POST, OPTIONS")
        } + [
            OddRequest(
                "HEAD", 405, "", "HEAD /graphql HTTP/1.1\r\nHost: h\r\nTOKEN", allow: "GET, POST, OPTIONS",
                hasBody: false),
            OddRequest(
                "OPTIONS", 204, "", "OPTIONS /graphql HTTP/1.1\r\nHost: h\r\nTOKEN", allow: "GET, POST, OPTIONS",
                hasBody: false),
            OddRequest(
                "a method of our own", 405, "METHOD_NOT_ALLOWED", "ASK /graphql HTTP/1.1\r\nHost: h\r\nTOKEN",
                allow: "GET, POST, OPTIONS"),
            OddRequest(
                "a mutation by GET", 405, "METHOD_NOT_ALLOWED",
                "GET /graphql?query=mutation%7B__typename%7D HTTP/1.1\r\nHost: h\r\nTOKEN", allow: "POST"),
        ]

    /// What the HTTP parser refuses. What begins with no method that it knows is a request with an unknown one.
    private static let heads = [
        OddRequest("no HTTP at all", 405, "METHOD_NOT_ALLOWED", "hello", allow: "GET, POST, OPTIONS"),
        OddRequest(
            "a TLS greeting", 405, "METHOD_NOT_ALLOWED", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}",
            allow: "GET, POST, OPTIONS"),
        OddRequest("another version", 400, "BAD_USER_INPUT", "GET /graphql HTTP/9.9\r\nHost: h\r\nTOKEN"),
        OddRequest(
            "a header without a name", 400, "BAD_USER_INPUT", "GET /graphql HTTP/1.1\r\nHost: h\r\n: x\r\nTOKEN"),
        OddRequest("a header without a colon", 400, "BAD_USER_INPUT", "GET /graphql HTTP/1.1\r\nHost: h\r\nTOKEN\r\nx"),
        OddRequest(
            "a length that is no number", 400, "BAD_USER_INPUT",
            "POST /graphql HTTP/1.1\r\nHost: h\r\nTOKEN\r\nContent-Length: many"),
        OddRequest(
            "a negative length", 400, "BAD_USER_INPUT",
            "POST /graphql HTTP/1.1\r\nHost: h\r\nTOKEN\r\nContent-Length: -1"),
        OddRequest(
            "two lengths", 400, "BAD_USER_INPUT",
            "POST /graphql HTTP/1.1\r\nHost: h\r\nTOKEN\r\nContent-Length: 1\r\nContent-Length: 2"),
        OddRequest(
            "a length and chunks", 400, "BAD_USER_INPUT",
            "POST /graphql HTTP/1.1\r\nHost: h\r\nTOKEN\r\nContent-Length: 1\r\nTransfer-Encoding: chunked"),
        OddRequest(
            "a huge header", 431, "REQUEST_TOO_LARGE",
            "GET /graphql HTTP/1.1\r\nHost: h\r\nTOKEN\r\nX: \(String(repeating: "x", count: 90_000))"),
        OddRequest(
            "a thousand and one headers", 431, "REQUEST_TOO_LARGE",
            "GET /graphql HTTP/1.1\r\nHost: h\r\nTOKEN" + String(repeating: "\r\nX: x", count: 1_001)),
        OddRequest(
            "a malformed chunk", 400, "BAD_USER_INPUT",
            "POST /graphql HTTP/1.1\r\nHost: h\r\nTOKEN\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked",
            Array("zz\r\n{}\r\n0\r\n\r\n".utf8)),
    ]

    private static let tokens = [
        "", "Bearer", "Bearer ", "Basic YTpi", "Bearer a b", "Bearer a.b.c",
        "Bearer \(String(repeating: "a", count: 9_000))",
    ].map {
        OddRequest(
            "Authorization: \($0.prefix(20))", 401, "UNAUTHENTICATED",
            "POST /graphql HTTP/1.1\r\nHost: h\r\nConnection: close\r\nAuthorization: \($0)\r\n"
                + "Content-Type: application/json\r\nContent-Length: \(query.count)",
            query)
    }

    private static let urls =
        [
            ("a parameter twice", "?query=%7B__typename%7D&query=%7B__typename%7D"),
            ("no UTF-8 in the query", "?query=%FF"), ("no query", ""), ("an empty query", "?query="),
            ("variables that are no JSON", "?query=%7B__typename%7D&variables=%7B"),
            ("variables that are no object", "?query=%7B__typename%7D&variables=%5B%5D"),
            ("extensions that are no object", "?query=%7B__typename%7D&extensions=7"),
        ].map {
            OddRequest($0.0, 400, "BAD_USER_INPUT", "GET /graphql\($0.1) HTTP/1.1\r\nHost: h\r\nTOKEN")
        } + [
            OddRequest(
                "no acceptable type", 406, "NOT_ACCEPTABLE",
                "GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nHost: h\r\nAccept: image/png\r\nTOKEN")
        ]

    private static func nested(_ open: String, _ close: String, _ depth: Int, _ inner: String = "") -> String {
        String(repeating: open, count: depth) + inner + String(repeating: close, count: depth)
    }
}

extension RawExchange.Answer {
    /// The value of a header line.
    func header(_ name: String) -> String? {
        head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("\(name.lowercased()):") }
            .map { String($0.dropFirst(name.count + 1).drop { $0 == " " }) }
    }
}
