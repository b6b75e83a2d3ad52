package import AccordCore
package import FoundationEssentials
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

    @discardableResult
    package func put(_ file: StoredFile, at key: ObjectKey, fileName: String) async throws(AccordError) -> Certainty {
        try await translating("A file was not stored", key) { () async throws(S3Error) in
            let object = NewObject(
                key: key.description, length: file.size, sha256: file.sha256, contentType: "application/pdf",
                fileName: fileName, slice: file.slice)
            return Certainty(try await client.putObject(object))
        }
    }

    package func head(_ key: ObjectKey) async throws(AccordError) -> StoredObject? {
        try await translating("A file can't be looked at", key) { () async throws(S3Error) in
            guard let head = try await client.headObject(key: key.description) else { return nil }
            return StoredObject(size: head.size, sha256: head.metadata["sha256"])
        }
    }

    package func sha256(of key: ObjectKey) async throws(AccordError) -> String? {
        try await translating("A file can't be read", key) { () async throws(S3Error) in
            try await client.sha256(ofObject: key.description)
        }
    }

    package func copy(_ key: ObjectKey, to other: ObjectKey) async throws(AccordError) -> Certainty? {
        try await translating("A file was not copied", key) { () async throws(S3Error) in
            try await client.copyObject(key: key.description, to: other.description).map { Certainty($0) }
        }
    }

    package func list(
        _ prefix: String, from position: String?
    ) async throws(AccordError) -> (objects: [ListedObject], next: String?) {
        try await translating("Files can't be listed", nil) { () async throws(S3Error) in
            let page = try await client.listObjects(prefix: prefix, continuationToken: position)
            let objects = page.objects.map { object in
                ListedObject(
                    key: ObjectKey(stored: object.key), size: object.size, storedAt: object.lastModified)
            }
            return (objects, page.nextContinuationToken)
        }
    }

    @discardableResult
    package func delete(_ key: ObjectKey) async throws(AccordError) -> Certainty {
        try await translating("A file was not removed", key) { () async throws(S3Error) in
            Certainty(try await client.deleteObject(key: key.description))
        }
    }

    package func open(_ key: ObjectKey, range: ClosedRange<Int>?) async throws(AccordError) -> StoredContent? {
        do throws(S3Error) {
            guard let object = try await client.openObject(key: key.description, range: range) else {
                logger.error("The file of an agreement is missing", metadata: ["key": "\(key)"])
                return nil
            }
            return StoredContent(
                size: object.head.size, sha256: object.head.metadata["sha256"], chunks: object.chunks,
                cancel: { object.cancel() })
        } catch {
            throw meaning(of: error, "A file can't be read", key, refused: .storageUnavailable)
        }
    }

    package func downloadURL(
        of key: ObjectKey, fileName: String, expiresIn: Duration, at time: Date
    ) throws(AccordError) -> String {
        let lifetime = linkLifetime(expiresIn, at: time)
        guard lifetime > .zero else {
            logger.error("No link can be made: the credentials have ended (AWS_CREDENTIAL_EXPIRATION)")
            throw .storageUnavailable
        }
        return client.presignedGetURL(
            key: key.description, fileName: fileName, contentType: "application/pdf", expiresIn: lifetime,
            at: SigningTime(time))
    }

    package func linkLifetime(_ wanted: Duration, at time: Date) -> Duration {
        client.lifetime(ofURLSignedAt: time, wanted: wanted)
    }

    package func checkReadiness() async throws(AccordError) {
        do throws(S3Error) {
            try await client.headBucket()
        } catch {
            throw meaning(of: error, "The bucket does not answer", nil, refused: .storageUnavailable)
        }
    }

    private func translating<Value>(
        _ event: Logger.Message, _ key: ObjectKey?, _ body: () async throws(S3Error) -> Value
    ) async throws(AccordError) -> Value {
        do throws(S3Error) {
            return try await body()
        } catch {
            throw meaning(of: error, event, key, refused: .storageUploadFailed)
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
