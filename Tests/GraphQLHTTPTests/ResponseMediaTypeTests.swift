import Testing

@testable import GraphQLHTTP

struct ResponseMediaTypeTests {
    @Test(
        arguments: [
            (nil, .json),
            ("", .json),
            ("*/*", .json),
            ("application/*", .json),
            ("application/json", .json),
            ("application/json; charset=utf-8", .json),
            ("APPLICATION/JSON", .json),
            ("application/graphql-response+json", .graphQLResponse),
            ("application/graphql-response+json, application/json;q=0.9", .graphQLResponse),
            ("application/json;q=0.9, application/graphql-response+json", .graphQLResponse),
            ("application/json, application/graphql-response+json", .json),
            ("application/graphql-response+json, application/json", .graphQLResponse),
            ("application/graphql-response+json;q=0.5, */*", .json),
            ("application/graphql-response+json, */*", .graphQLResponse),
            ("application/json;q=0, */*", .graphQLResponse),
            ("application/json;q=x, application/graphql-response+json;q=0.1", .graphQLResponse),
            ("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", .json),
            ("text/html", nil),
            ("text/html, application/json;q=0", nil),
            ("*/*;q=0", nil),
            (";;;, application/graphql-response+json", .graphQLResponse),
            ("a/b; c=\"x, application/json\"", nil),
        ] as [(String?, ResponseMediaType?)])
    func `the media type is the one liked best`(_ accept: String?, _ mediaType: ResponseMediaType?) {
        #expect(ResponseMediaType(accept: accept) == mediaType)
    }

    @Test(
        arguments: [
            (nil, false),
            ("*/*", false),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8", true),
            ("text/html", true),
            ("application/json, text/html;q=0.5", false),
            ("application/json", false),
        ] as [(String?, Bool)])
    func `a browser gets the playground`(_ accept: String?, _ isAccepted: Bool) {
        #expect(PlaygroundPage.isAccepted(by: accept) == isAccepted)
    }
}
