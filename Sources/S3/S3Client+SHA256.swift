internal import Crypto
internal import Curl

extension S3Client {
    /// The SHA-256 of an object's bytes, in lower-case hexadecimal; nil when there is none. They are read piece by piece,
    /// of which one at a time is in memory.
    ///
    /// S3: GetObject with a range (RFC 9110 §14.2)
    package func sha256(ofObject key: String) async throws(S3Error) -> String? {
        guard let head = try await headObject(key: key) else { return nil }
        var hash = SHA256()
        var offset = 0
        while offset < head.size {
            let end = min(offset + Self.pieceBytes, head.size)
            let response: CurlResponse
            do throws(S3Error) {
                var call = S3Call(method: .get, path: configuration.address.path(of: key))
                call.headers = [(name: "Range", value: "bytes=\(offset)-\(end - 1)")]
                call.maximumResponseBytes = Self.pieceBytes
                response = try await perform(call)
            } catch {
                guard case .refused(404, "NoSuchKey", _) = error else { throw error }
                return nil
            }
            // A store that sends something else has another object there by now.
            guard response.body.count == end - offset else { return nil }
            hash.update(data: response.body)
            offset = end
        }
        return hash.finalize().hexadecimal
    }

    private static let pieceBytes = 4 << 20
}
