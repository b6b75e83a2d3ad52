import GraphQL
import HTTPTypes
import HummingbirdCore

/// The answer to a request, before what every answer carries is added.
struct Answer: Sendable {
    var status: HTTPResponse.Status
    var headers: HTTPFields = [:]
    var body: [UInt8] = []

    /// An answer that shows what executing an operation came to, or why it was not executed.
    init(_ response: GraphQL.Response, as mediaType: ResponseMediaType) {
        let isRefused = response.isRequestError && mediaType == .graphQLResponse
        self.init(status: isRefused ? .badRequest : .ok, json: response.body, as: mediaType)
    }

    /// An answer that says why a request was refused.
    init(_ refusal: HTTPRefusal, requestID: String, as mediaType: ResponseMediaType) {
        let body = GraphQL.Response(requestErrors: [refusal.error.identified(by: requestID)]).body
        let isUnderstood = refusal.isRequestError && mediaType == .json
        self.init(status: isUnderstood ? .ok : refusal.status, json: body, as: mediaType)
        headers.append(contentsOf: refusal.headers)
    }

    /// An answer without a body, or with one that `headers` describe.
    init(status: HTTPResponse.Status, headers: HTTPFields, body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// An answer with a JSON body.
    init(status: HTTPResponse.Status, json: [UInt8], as mediaType: ResponseMediaType) {
        self.status = status
        headers = [
            .contentType: mediaType.contentType,
            .cacheControl: "no-store",
            .xContentTypeOptions: "nosniff",
        ]
        body = json
    }
}

extension GraphQLError {
    /// The error with the request's id in its extensions, by which it is found in the log.
    fileprivate func identified(by requestID: String) -> GraphQLError {
        var error = self
        error.extensions.append(ObjectField("requestId", .string(requestID)))
        return error
    }
}
