/// The body of a `multipart/form-data` request, part by part, right or wrong as a test wants it.
///
/// GraphQL multipart request specification; RFC 7578
package struct MultipartBody: Sendable {
    private static let boundary = "----accord-test-9f3c"
    /// The parts so far.
    private var parts: [UInt8] = []

    package init() {}

    /// The request's `Content-Type`.
    package var contentType: String { "multipart/form-data; boundary=\(Self.boundary)" }

    /// The body, with its end.
    package var bytes: [UInt8] { parts + Array("--\(Self.boundary)--\r\n".utf8) }

    /// The body without its end, as it is when the client goes away.
    package var bytesWithoutEnd: [UInt8] { parts }

    /// Adds a part. `disposition` is what stands in the header behind `form-data; `.
    package mutating func add(disposition: String, contentType: String? = nil, _ content: [UInt8]) {
        let type = contentType.map { "Content-Type: \($0)\r\n" } ?? ""
        parts += Array(
            "--\(Self.boundary)\r\nContent-Disposition: form-data; \(disposition)\r\n\(type)\r\n".utf8)
        parts += content + Array("\r\n".utf8)
    }

    /// A request that uploads one file as the variable `file`. `operations` is the operation as JSON; `fileName` is the
    /// parameters of the file's part that name it, as they go over the wire.
    package static func upload(
        operations: String, fileName: String, contentType: String? = "application/pdf", _ content: [UInt8]
    ) -> MultipartBody {
        var body = MultipartBody()
        body.add(disposition: #"name="operations""#, Array(operations.utf8))
        body.add(disposition: #"name="map""#, Array(#"{"0":["variables.file"]}"#.utf8))
        body.add(disposition: #"name="0"; \#(fileName)"#, contentType: contentType, content)
        return body
    }
}
