import HTTPTypes
package import HummingbirdCore
import NIOCore

extension HTTPRefusal {
    /// The answer of a path other than GraphQL's own, in the same form: `{"errors":[…]}`, with the request's id in the
    /// error.
    package func response(requestID: String) -> Response {
        let answer = Answer(self, requestID: requestID, as: .json)
        var headers = answer.headers
        headers[.contentLength] = String(answer.body.count)
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
}
