/// The answer to a request, written as JSON.
///
/// Spec: 7.1 Response Format
package struct Response: Sendable {
    /// `{"data":…}`, with `errors` when there are any; or `{"errors":…}` for a request error. Behind it, `extensions`.
    package internal(set) var body: [UInt8]
    /// Whether nothing was executed.
    package let isRequestError: Bool
    /// Whether there is an error in it.
    package let hasErrors: Bool

    init(body: [UInt8], isRequestError: Bool, hasErrors: Bool) {
        self.body = body
        self.isRequestError = isRequestError
        self.hasErrors = hasErrors
    }

    /// The answer to a request that is not executed. `errors` is not empty.
    package init(requestErrors errors: [GraphQLError]) {
        var buffer = ResponseBuffer(capacity: 256 * errors.count)
        buffer.append("{")
        buffer.writeErrors(errors)
        buffer.append("}")
        self.init(body: buffer.bytes, isRequestError: true, hasErrors: true)
    }
}

extension ResponseBuffer {
    /// Writes the member `errors`.
    mutating func writeErrors(_ errors: [GraphQLError]) {
        append(#""errors":["#)
        for (position, error) in errors.enumerated() {
            if position > 0 { append(UInt8(ascii: ",")) }
            write(error)
        }
        append(UInt8(ascii: "]"))
    }
}
