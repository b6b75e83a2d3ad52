import Curl

/// An object to be stored: what it is, and where its bytes can be read, as often as needed and from any place.
package struct NewObject: Sendable {
    /// Any text S3 allows: up to 1,024 bytes of UTF-8.
    package let key: String
    /// In bytes.
    package let length: Int
    /// The object's SHA-256 in lower-case hexadecimal.
    package let sha256: String
    /// What a download is declared as, unless its URL says otherwise.
    package let contentType: String
    /// The name that it downloads under, unless its URL says otherwise; kept with the object where it is not too long.
    package let fileName: String?
    /// The bytes at these positions, in chunks. See ``CurlBody`` for what a sequence must be like.
    package let slice: @Sendable (Range<Int>) -> any AsyncSequence<[UInt8], any Error> & Sendable

    package init(
        key: String, length: Int, sha256: String, contentType: String, fileName: String? = nil,
        slice: @escaping @Sendable (Range<Int>) -> any AsyncSequence<[UInt8], any Error> & Sendable
    ) {
        self.key = key
        self.length = length
        self.sha256 = sha256
        self.contentType = contentType
        self.fileName = fileName
        self.slice = slice
    }
}

extension S3Client {
    /// Stores an object, replacing one of that key: in one piece, or in parts where it is large and the store can do that.
    /// It exists as soon as the call returns, whole, and not before; its metadata have its SHA-256 as `sha256`.
    ///
    /// - Returns: Whether every attempt was answered: else one may still be carried out, later.
    /// - Throws: ``S3Error``; no object was stored then, unless the answer alone got lost
    ///   (``S3Error/unreachable(_:)``, ``S3Error/cancelled``).
    @discardableResult
    package func putObject(_ object: NewObject) async throws(S3Error) -> Bool {
        let sendings = Sendings()
        // For all that it takes: who waits for what may be carried out late counts on it.
        let deadline = ContinuousClock.now + configuration.timeouts.total
        do throws(S3Error) {
            try await put(object, onlyIfNew: configuration.storesConditionally, sendings, deadline)
        } catch {
            guard case .refused(412, _, _) = error, configuration.storesConditionally else { throw error }
            // An attempt whose answer got lost may have stored it; else it is another, which this one replaces.
            if try await !isStored(object) { try await put(object, onlyIfNew: false, sendings, deadline) }
        }
        return sendings.areAllAnswered
    }

    private func put(
        _ object: NewObject, onlyIfNew: Bool, _ sendings: Sendings, _ deadline: ContinuousClock.Instant
    ) async throws(S3Error) {
        if let threshold = configuration.multipartThreshold, object.length > threshold, !state.lacksMultipart {
            if try await putInParts(object, onlyIfNew: onlyIfNew, sendings, deadline) { return }
            state.lacksMultipart = true
        }
        var call = S3Call(method: .put, path: configuration.address.path(of: object.key))
        call.headers = headers(of: object)
        if onlyIfNew { call.headers.append((name: "If-None-Match", value: "*")) }
        call.body = .stream(length: object.length, chunks: object.slice(0..<object.length))
        call.payloadHash = object.sha256
        call.deadline = deadline
        call.sendings = sendings
        _ = try await perform(call)
    }

    /// Whether the object of that key is this one, as far as its metadata tell.
    func isStored(_ object: NewObject) async throws(S3Error) -> Bool {
        guard let head = try await headObject(key: object.key) else { return false }
        return head.size == object.length && head.metadata["sha256"] == object.sha256
    }

    /// Stores an object in one piece, replacing one of that key.
    ///
    /// S3: PutObject
    ///
    /// - Parameters:
    ///   - key: Any text S3 allows: up to 1,024 bytes of UTF-8.
    ///   - chunks: The object, at most two chunks of which are in memory at a time. See ``CurlBody``.
    ///   - length: In bytes.
    ///   - sha256: The object's SHA-256 in lower-case hexadecimal. It is signed: a strict store refuses other bytes.
    ///   - contentType: What a download is declared as, unless its URL says otherwise.
    ///   - metadata: Kept with the object, by names without the `x-amz-meta-` before them. ASCII.
    /// - Throws: ``S3Error``, as ``putObject(_:)``.
    package func putObject(
        key: String,
        chunks: any AsyncSequence<[UInt8], any Error> & Sendable,
        length: Int,
        sha256: String,
        contentType: String,
        metadata: [String: String] = [:]
    ) async throws(S3Error) {
        var call = S3Call(method: .put, path: configuration.address.path(of: key))
        call.headers = objectHeaders(contentType: contentType, metadata: metadata)
        call.body = .stream(length: length, chunks: chunks)
        call.payloadHash = sha256
        _ = try await perform(call)
    }

    /// What is said of an object when it is made, in one piece or in parts.
    func headers(of object: NewObject) -> [(name: String, value: String)] {
        var headers = objectHeaders(contentType: object.contentType, metadata: ["sha256": object.sha256])
        let disposition = object.fileName.map { ContentDisposition.attachment(fileName: $0) }
        if let disposition, disposition.utf8.count <= Self.longestDisposition {
            headers.append((name: "Content-Disposition", value: disposition))
        }
        return headers
    }

    /// In bytes. S3 keeps 2 KB of such headers with an object, and refuses more.
    private static let longestDisposition = 1_500

    private func objectHeaders(contentType: String, metadata: [String: String]) -> [(name: String, value: String)] {
        var headers = [(name: "Content-Type", value: contentType)]
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
            headers.append((name: "x-amz-meta-\(name)", value: value))
        }
        return headers + (configuration.encryption?.headers ?? [])
    }
}
