internal import Curl

extension S3Client {
    /// Copies an object within the bucket, with its metadata, replacing one of the other key. The bytes do not travel.
    ///
    /// S3: CopyObject
    ///
    /// - Parameters:
    ///   - key: Of the object to be copied, at most 5 GB.
    ///   - other: Of the copy.
    /// - Returns: Whether every attempt was answered: else one may still be carried out, later. Nil where there was no
    ///   object to be copied.
    /// - Throws: ``S3Error``. A copy that fails after the store has begun to answer comes with status 200 and an error
    ///   document.
    @discardableResult
    package func copyObject(key: String, to other: String) async throws(S3Error) -> Bool? {
        let source = "/\(configuration.bucket.uriEncoded())/\(key.uriEncoded(keepingSlashes: true))"
        var call = S3Call(method: .put, path: configuration.address.path(of: other))
        call.headers = [(name: "x-amz-copy-source", value: source)]
        call.headers += configuration.encryption?.headers ?? []
        call.answersEarly = true
        do throws(S3Error) {
            _ = try await perform(call)
            return call.sendings.areAllAnswered
        } catch {
            guard case .refused(404, "NoSuchKey", _) = error else { throw error }
            return nil
        }
    }
}
