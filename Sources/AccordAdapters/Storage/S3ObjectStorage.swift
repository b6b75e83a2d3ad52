package import AccordCore
package import Logging
package import S3

/// Files in one private bucket.
package struct S3ObjectStorage: ObjectStorage {
    private let client: S3Client
    private let logger: Logger

    /// Makes the storage; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - client: The bucket.
    ///   - logger: Gets the causes of the errors thrown.
    package init(client: S3Client, logger: Logger) {
        self.client = client
        self.logger = logger
    }

    package func put(_ file: StoredFile, at key: ObjectKey) async throws(AccordError) {
        do throws(S3Error) {
            try await client.putObject(
                key: key.description, chunks: file.chunks, length: file.size, sha256: file.sha256,
                contentType: "application/pdf"
            )
        } catch {
            throw meaning(of: error, "A file was not stored", key, refused: .storageUploadFailed)
        }
    }

    package func delete(_ key: ObjectKey) async throws(AccordError) {
        do throws(S3Error) {
            try await client.deleteObject(key: key.description)
        } catch {
            throw meaning(of: error, "A file was not removed", key, refused: .storageUnavailable)
        }
    }

    package func downloadURL(
        of key: ObjectKey, fileName: String, expiresIn: Duration
    ) throws(AccordError) -> String {
        client.presignedGetURL(
            key: key.description, fileName: fileName, contentType: "application/pdf", expiresIn: expiresIn)
    }

    package func checkReadiness() async throws(AccordError) {
        do throws(S3Error) {
            try await client.headBucket()
        } catch {
            throw meaning(of: error, "The bucket does not answer", nil, refused: .storageUnavailable)
        }
    }

    /// Translates an error and logs its cause.
    private func meaning(
        of error: S3Error, _ event: Logger.Message, _ key: ObjectKey?, refused: AccordError
    ) -> AccordError {
        let meaning: AccordError =
            switch error {
            case .unreachable: .storageUnavailable
            case .refused: refused
            case .cancelled: .timeout
            case .bodyFailed, .invalidRequest, .invalidConfiguration, .objectTooLarge: .internalError
            }
        var metadata: Logger.Metadata = ["cause": "\(error)"]
        if let key { metadata["key"] = "\(key)" }
        logger.log(level: meaning == .timeout ? .notice : .error, event, metadata: metadata)
        return meaning
    }
}
