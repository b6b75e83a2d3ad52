import HTTPTypes
import HummingbirdCore
import NIOCore

extension Response {
    /// An answer with a text, which is not to be kept.
    static func plain(_ status: HTTPResponse.Status, _ text: String, type: String) -> Response {
        let body = ByteBuffer(string: text)
        let headers: HTTPFields = [
            .contentType: type, .contentLength: String(body.readableBytes), .cacheControl: "no-store",
        ]
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }

    static func json(_ status: HTTPResponse.Status, _ text: String) -> Response {
        .plain(status, text, type: "application/json")
    }

    /// An answer in the form of a GraphQL error. The message needs no escaping.
    static func error(_ status: HTTPResponse.Status, _ message: String) -> Response {
        .json(status, #"{"errors":[{"message":"\#(message)"}]}"#)
    }

    /// Answers GET and HEAD; other methods are not allowed.
    static func get(_ request: Request, _ answer: () async -> Response) async -> Response {
        guard request.method == .get || request.method == .head else {
            var refusal = Response.error(.methodNotAllowed, "Only GET and HEAD are allowed here.")
            refusal.headers[.allow] = "GET, HEAD"
            return refusal
        }
        let response = await answer()
        return request.method == .head ? response.createHeadResponse() : response
    }
}
