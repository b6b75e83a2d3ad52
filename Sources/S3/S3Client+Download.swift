package import Curl
package import FoundationEssentials

/// An object that is being read.
package struct OpenObject: Sendable {
    /// Of the whole object, whatever part of it is read.
    package let head: ObjectHead
    /// The bytes asked for, as they come.
    package let chunks: CurlResponseStream

    /// Ends the transfer; whoever waits for a chunk then is told by an error.
    package func cancel() { chunks.cancel() }
}

extension S3Client {
    /// Begins to read an object, or a part of it; `nil` when there is none.
    ///
    /// S3: GetObject
    ///
    /// - Parameters:
    ///   - key: Of an object in the bucket.
    ///   - range: The positions of the first and the last byte wanted; nil for all.
    /// - Returns: The object, whose bytes come as they are read; see ``CurlResponseStream``.
    /// - Throws: ``S3Error``, also for a store that doesn't know ranges.
    package func openObject(key: String, range: ClosedRange<Int>? = nil) async throws(S3Error) -> OpenObject? {
        var call = S3Call(method: .get, path: configuration.address.path(of: key))
        if let range { call.headers = [(name: "Range", value: "bytes=\(range.lowerBound)-\(range.upperBound)")] }
        do throws(S3Error) {
            let stream = try await open(call)
            // Some stores send the part with status 200 (rclone does).
            guard range == nil || stream.head.header("Content-Range") != nil else {
                throw S3Error.refused(status: stream.head.status, code: "", message: "The store ignores Range.")
            }
            return OpenObject(head: ObjectHead(stream.head), chunks: stream)
        } catch {
            guard case .refused(404, "NoSuchKey", _) = error else { throw error }
            return nil
        }
    }

    /// How long a URL that is signed at `time` works when it shall work for `wanted`: temporary credentials may end before.
    ///
    /// - Returns: Whole seconds; zero or less when the credentials have ended.
    package func lifetime(ofURLSignedAt time: Date, wanted: Duration) -> Duration {
        guard let expiration = configuration.credentials.expiration else { return wanted }
        let start = time.timeIntervalSince1970.rounded(.down)
        return min(wanted, .seconds(Int((expiration.timeIntervalSince1970 - start).rounded(.down))))
    }
}
