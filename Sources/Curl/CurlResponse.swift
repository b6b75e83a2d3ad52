/// An HTTP response, whole. Any status is a response: only a transfer that fails is an error.
package struct CurlResponse: Sendable {
    package let status: Int

    /// In the order they came, names as the peer spelled them.
    package let headers: [(name: String, value: String)]

    package let body: [UInt8]

    package init(status: Int, headers: [(name: String, value: String)], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The value of the first header of that name, whatever its case (RFC 9110 §5.1).
    package func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}
