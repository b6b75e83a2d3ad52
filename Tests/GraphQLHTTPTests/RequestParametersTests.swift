import GraphQL
import HTTPTypes
import Testing

@testable import GraphQLHTTP

struct RequestParametersTests {
    private func read(_ json: String) throws -> RequestParameters {
        try RequestParameters(parseJSON(Array(json.utf8), maximumDepth: 16, of: "The request body"))
    }

    @Test func `all members are read`() throws {
        let parameters = try read(
            #"{"query":"{a}","operationName":"A","variables":{"b":1},"extensions":{"c":true},"other":0}"#)
        #expect(parameters.document == .text("{a}"))
        #expect(parameters.operationName == "A")
        #expect(parameters.variables == [ObjectField("b", .int(1))])
        #expect(parameters.extensions == [ObjectField("c", .boolean(true))])
    }

    @Test(arguments: [#"{"query":"{a}"}"#, #"{"query":"{a}","operationName":null,"variables":null,"extensions":null}"#])
    func `members other than query may be null or missing`(_ json: String) throws {
        let parameters = try read(json)
        #expect(parameters.operationName == nil)
        #expect(parameters.variables.isEmpty)
        #expect(parameters.extensions.isEmpty)
    }

    @Test(arguments: [
        ("", "The request body is not valid JSON: Expected a value, but the text ends at byte 0."),
        ("{", "The request body is not valid JSON: Expected a member's name, but the text ends at byte 1."),
        (#"{"query":"{a}"} x"#, "The request body is not valid JSON: Expected the end at byte 16."),
        ("[[[[[[[[[[[[[[[[[[", "The request body is not valid JSON: Nested more than 16 levels deep at byte 16."),
        ("null", "A request must be a JSON object."),
        (#""{a}""#, "A request must be a JSON object."),
        (#"[{"query":"{a}"}]"#, "A request must be a JSON object."),
        ("{}", #"The parameter "query" is missing."#),
        (#"{"query":null}"#, #"The parameter "query" is missing."#),
        (#"{"query":1}"#, #"The parameter "query" must be a string."#),
        (#"{"query":["{a}"]}"#, #"The parameter "query" must be a string."#),
        (#"{"query":"{a}","operationName":1}"#, #"The parameter "operationName" must be a string."#),
        (#"{"query":"{a}","operationName":{}}"#, #"The parameter "operationName" must be a string."#),
        (#"{"query":"{a}","variables":"{}"}"#, #"The parameter "variables" must be an object."#),
        (#"{"query":"{a}","variables":[]}"#, #"The parameter "variables" must be an object."#),
        (#"{"query":"{a}","extensions":7}"#, #"The parameter "extensions" must be an object."#),
        (#"{"query":"{a}","extensions":[]}"#, #"The parameter "extensions" must be an object."#),
    ])
    func `a malformed body is refused`(_ json: String, _ message: String) {
        let refusal = #expect(throws: HTTPRefusal.self) { try read(json) }
        #expect(refusal?.status == .badRequest)
        #expect(
            refusal?.error == GraphQLError(message, extensions: [ObjectField("code", .string("BAD_USER_INPUT"))]))
    }

    @Test func `a URL's parameters are decoded`() throws {
        let text = "query=query+A+%7Ba%7D&operationName=A&variables=%7B%22b%22%3A%22%C3%A4%2B%22%7D&extensions=&x"
        let parameters = try RequestParameters(QueryString(text), maximumDepth: 16)
        #expect(parameters.document == .text("query A {a}"))
        #expect(parameters.operationName == "A")
        #expect(parameters.variables == [ObjectField("b", .string("ä+"))])
        #expect(parameters.extensions.isEmpty)
    }

    @Test(
        arguments: [
            (nil, #"The parameter "query" is missing."#),
            ("query=", #"The parameter "query" is missing."#),
            ("query=%7Ba%7D&query=%7Bb%7D", #"The parameter "query" occurs twice in the URL."#),
            ("query=%FF", "The URL's query is not percent-encoded UTF-8."),
            (
                "query=%7Ba%7D&variables=%7B",
                #"The parameter "variables" is not valid JSON: Expected a member's name, but the text ends at byte 1."#
            ),
            ("query=%7Ba%7D&variables=1", #"The parameter "variables" must be an object."#),
        ] as [(String?, String)])
    func `a malformed URL is refused`(_ query: String?, _ message: String) {
        let refusal = #expect(throws: HTTPRefusal.self) {
            try RequestParameters(QueryString(query), maximumDepth: 16)
        }
        #expect(refusal?.error.message == message)
    }
}
