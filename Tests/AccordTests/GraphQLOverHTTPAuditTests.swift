import Curl
import Foundation
import TestSupport
import Testing

/// What the public audit suite for GraphQL over HTTP servers asks of one, under the suite's own identifiers.
@Suite(.serialized, .sharedServer(storage: .directory), .timeLimit(.minutes(5)))
struct GraphQLOverHTTPAuditTests {
    @Test func `there are as many audits as in the suite, each under its own identifier`() {
        #expect(Set(Audit.all.map(\.id)).count == 61)
        #expect(Audit.all.count == 61)
    }

    @Test(arguments: Audit.all)
    func `an audit passes`(_ audit: Audit) async throws {
        let server = try TestServer.current
        var headers = [(name: "GraphQL-Require-Preflight", value: "1")]
        headers.append((name: "Authorization", value: "Bearer \(try server.token())"))
        if let accept = audit.accept { headers.append((name: "Accept", value: accept)) }
        let answer: CurlResponse
        switch audit.request {
        case .get(let parameters):
            let query = parameters.map {
                "\($0)=\($1.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
            }
            answer = try await server.client.get("/graphql?\(query.joined(separator: "&"))", headers: headers)
        case .post(let contentType, let body):
            if let contentType { headers.append((name: "Content-Type", value: contentType)) }
            answer = try await server.client.send(
                .post, "/graphql", headers: headers, body: body.map { Array($0.utf8) })
        }
        #expect(audit.statuses.contains(answer.status))
        #expect(answer.header("Content-Type") == audit.contentType)
        let text = try #require(String(validating: answer.body, as: UTF8.self))
        let members = try JSONDecoder().decode([String: Anything].self, from: Data(text.utf8)).keys
        #expect(members.sorted() == [audit.isExecuted ? "data" : "errors"])
    }

    private struct Anything: Decodable {}
}

/// One requirement of the suite.
struct Audit: Sendable, CustomTestStringConvertible {
    enum Level: String, Sendable { case must = "MUST", should = "SHOULD", may = "MAY" }

    enum Request: Sendable {
        case get([(String, String)])
        case post(contentType: String?, body: String?)

        static func json(_ body: String) -> Request { .post(contentType: "application/json", body: body) }
    }

    let id: String
    let level: Level
    let title: String
    let accept: String?
    let request: Request
    let statuses: ClosedRange<Int>
    /// Whether the answer has `data` and no `errors`; otherwise it has `errors` and no `data`.
    let isExecuted: Bool

    /// What the answer must be sent as.
    var contentType: String { (accept == Self.newer ? Self.newer : Self.older) + "; charset=utf-8" }

    var testDescription: String { "\(id) \(level.rawValue) \(title)" }

    private static let older = "application/json"
    private static let newer = "application/graphql-response+json"
    private static let typename = #"{"query":"{ __typename }"}"#
    private static let type = "query Type($name: String!) { __type(name: $name) { name } }"

    private init(
        _ id: String, _ level: Level, _ title: String, accept: String? = nil, _ request: Request,
        _ statuses: ClosedRange<Int>? = nil
    ) {
        self.id = id
        self.level = level
        self.title = title
        self.accept = accept
        self.request = request
        self.statuses = statuses ?? 200...200
        isExecuted = statuses == nil
    }

    static let all =
        mediaTypes + methods + query + operationName + nulls + variables + extensions + malformed + older200 + newer400

    private static let mediaTypes = [
        Audit("22EB", .should, "accept \(newer) and match the content type", accept: newer, .json(typename)),
        Audit("4655", .must, "accept \(older) and match the content type", accept: older, .json(typename)),
        Audit("47DE", .should, "accept */* and use \(older)", accept: "*/*", .json(typename)),
        Audit("80D8", .should, "assume \(older) when Accept is missing", .json(typename)),
        Audit("82A3", .must, "use UTF-8 when responding", .json(typename)),
        Audit(
            "BF61", .must, "accept a request encoded in UTF-8",
            .post(
                contentType: "application/json; charset=utf-8",
                body: #"{"query":"{ __type(name: \"Run🏃Swim🏊\") { name } }"}"#)),
        Audit("78D5", .must, "assume UTF-8 if the encoding is not specified", .json(typename)),
    ]

    private static let methods = [
        Audit("2C94", .must, "accept POST requests", .json(typename)),
        Audit("5A70", .may, "accept form-encoded GET requests", .get([("query", "{ __typename }")])),
        Audit(
            "9C48", .may, "not execute mutations by GET", accept: newer, .get([("query", "mutation { __typename }")]),
            400...499),
        Audit(
            "9ABE", .may, "respond with 4xx to a POST without Content-Type", .post(contentType: nil, body: nil),
            400...499),
        Audit("03D4", .must, "accept POST requests with \(older)", .json(typename)),
        Audit("A5BF", .may, "use 400 when the body is missing", .post(contentType: older, body: nil), 400...400),
    ]

    private static let query =
        [
            Audit(
                "423L", .may, "use 400 on a missing query", accept: newer, .json(#"{"notquery":"{ __typename }"}"#),
                400...400),
            Audit("34A2", .should, "allow a string as query for \(newer)", accept: newer, .json(typename)),
            Audit("13EE", .must, "allow a string as query for \(older)", accept: older, .json(typename)),
        ]
        + wrong("LKJ", [#"{"obj":"ect"}"#, "0", "false", #"["array"]"#], "query") { #"{"query":\#($0)}"# }

    private static let operationName =
        [
            Audit(
                "8161", .should, "allow a string as operationName for \(newer)", accept: newer,
                .json(#"{"operationName":"Query","query":"query Query { __typename }"}"#)),
            Audit(
                "B8B3", .must, "allow a string as operationName for \(older)", accept: older,
                .json(#"{"operationName":"Query","query":"query Query { __typename }"}"#)),
        ]
        + wrong("6C0", [#"{"obj":"ect"}"#, "0", "false", #"["array"]"#], "operationName") {
            #"{"operationName":\#($0),"query":"{ __typename }"}"#
        }

    private static let nulls = ["variables", "operationName", "extensions"].enumerated().flatMap { index, name in
        let body = #"{"query":"{ __typename }","\#(name)":null}"#
        return [
            Audit("94B\(index)", .should, "allow null as \(name) for \(newer)", accept: newer, .json(body)),
            Audit("022\(index)", .must, "allow null as \(name) for \(older)", accept: older, .json(body)),
        ]
    }

    private static let variables: [Audit] = {
        let body = #"{"query":"\#(type)","variables":{"name":"sometype"}}"#
        let parameters = [("query", type), ("variables", #"{"name":"sometype"}"#)]
        return [
            Audit("2EA1", .should, "allow a map as variables for \(newer)", accept: newer, .json(body)),
            Audit("28B9", .must, "allow a map as variables for \(older)", accept: older, .json(body)),
            Audit("D6D5", .may, "allow JSON text as variables by GET for \(newer)", accept: newer, .get(parameters)),
            Audit("6A70", .may, "allow JSON text as variables by GET for \(older)", accept: older, .get(parameters)),
        ]
            + wrong("476", [#""string""#, "0", "false", #"["array"]"#], "variables") {
                #"{"query":"{ __typename }","variables":\#($0)}"#
            }
    }()

    private static let extensions: [Audit] = {
        let body = #"{"query":"{ __typename }","extensions":{"some":"value"}}"#
        return [
            Audit("428F", .should, "allow a map as extensions for \(newer)", accept: newer, .json(body)),
            Audit("1B7A", .must, "allow a map as extensions for \(older)", accept: older, .json(body)),
            Audit("39AA", .must, "accept a map as extensions", .json(body)),
        ]
            + wrong("58B", [#""string""#, "0", "false", #"["array"]"#], "extensions") {
                #"{"query":"{ __typename }","extensions":\#($0)}"#
            }
    }()

    private static let malformed = [
        Audit("B6DC", .may, "use 4xx on a JSON parsing failure", .json(#"{ "not a JSON"#), 400...499),
        Audit("BCF8", .may, "use 400 on a JSON parsing failure", .json(#"{ "not a JSON"#), 400...400),
        Audit(
            "8764", .may, "use 4xx or 5xx if parameters are invalid", .json(#"{"qeury":"{ __typename }"}"#), 400...599),
        Audit("3E3A", .may, "use 400 if parameters are invalid", .json(#"{"qeury":"{ __typename }"}"#), 400...400),
    ]

    private static let unparsable = Request.json(#"{"query":"{"}"#)
    private static let invalid = Request.json(#"{"query":"{ 8f31403dfe404bccbb0e835f2629c6a7 }"}"#)
    private static let uncoercible = Request.json(
        #"{"query":"query CoerceFailure($id: ID!){ __typename }","variables":{"id":null}}"#)

    private static let older200 = [
        Audit("572B", .should, "use 200 on a document that can't be parsed", accept: older, unparsable, 200...200),
        Audit("FDE2", .should, "use 200 on a document that is not valid", accept: older, invalid, 200...200),
        Audit("7B9B", .should, "use 200 on variables that can't be coerced", accept: older, uncoercible, 200...200),
    ]

    private static let newer400 = [
        Audit("865D", .should, "use 4xx or 5xx on a parsing failure", accept: newer, unparsable, 400...599),
        Audit("556A", .should, "use 400 on a parsing failure", accept: newer, unparsable, 400...400),
        Audit("D586", .should, "send no data on a parsing failure", accept: newer, unparsable, 400...599),
        Audit("51FE", .should, "use 4xx or 5xx on a validation failure", accept: newer, invalid, 400...599),
        Audit("74FF", .should, "use 400 on a validation failure", accept: newer, invalid, 400...400),
        Audit("5E5B", .should, "send no data on a validation failure", accept: newer, invalid, 400...599),
        Audit("86EE", .should, "use 400 on variables that can't be coerced", accept: newer, uncoercible, 400...400),
    ]

    /// Values of the wrong types as the parameter `name`, each refused with 400.
    private static func wrong(
        _ id: String, _ values: [String], _ name: String, _ body: (String) -> String
    ) -> [Audit] {
        values.enumerated().map { index, value in
            Audit("\(id)\(index)", .may, "use 400 on \(value) as \(name)", .json(body(value)), 400...400)
        }
    }
}
