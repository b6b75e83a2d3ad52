internal import Curl

/// What the store says about an object without sending it.
package struct ObjectHead: Sendable, Hashable {
    /// In bytes.
    package let size: Int
    package let contentType: String?

    /// As the store spells it, quotation marks included.
    package let eTag: String?

    /// The `x-amz-meta-…` headers, by the rest of their names in lower case.
    package let metadata: [String: String]
}

extension ObjectHead {
    init(_ response: CurlResponse) {
        let prefix = "x-amz-meta-"
        var metadata: [String: String] = [:]
        for header in response.headers {
            let name = header.name.lowercased()
            guard name.hasPrefix(prefix) else { continue }
            metadata[String(name.dropFirst(prefix.count))] = header.value
        }
        self.init(
            size: Self.wholeSize(response),
            contentType: response.header("Content-Type"),
            eTag: response.header("ETag"),
            metadata: metadata
        )
    }

    /// A response with a part of the object says behind a slash how long the whole is: `bytes 0-9/1000`.
    private static func wholeSize(_ response: CurlResponse) -> Int {
        if let total = response.header("Content-Range")?.split(separator: "/").last {
            return Int(total) ?? 0
        }
        return response.header("Content-Length").flatMap { Int($0) } ?? 0
    }
}
