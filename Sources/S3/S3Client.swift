package import Curl
package import FoundationEssentials

/// The operations on one bucket that this product needs, over HTTP with Signature Version 4.
///
/// Nothing is retried here, except as ``CurlClient/perform(_:)`` does. Every operation throws
/// ``S3Error/cancelled`` when its task is cancelled.
package struct S3Client: Sendable {
    let configuration: S3Configuration
    let signer: RequestSigner
    let now: @Sendable () -> Date
    private let http: CurlClient

    /// - Parameters:
    ///   - configuration: The bucket.
    ///   - http: May be shared with others.
    ///   - now: The clock that signatures carry; a store refuses one that is more than fifteen minutes off.
    package init(
        configuration: S3Configuration,
        http: CurlClient,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.configuration = configuration
        self.signer = RequestSigner(credentials: configuration.credentials, region: configuration.region)
        self.now = now
        self.http = http
    }

    /// Stores an object, replacing one of that key. It exists as soon as the call returns, whole, and not before.
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
    /// - Throws: ``S3Error``; no object was stored then, unless the answer alone got lost
    ///   (``S3Error/unreachable(_:)``, ``S3Error/cancelled``).
    package func putObject(
        key: String,
        chunks: any AsyncSequence<[UInt8], any Error> & Sendable,
        length: Int,
        sha256: String,
        contentType: String,
        metadata: [String: String] = [:]
    ) async throws(S3Error) {
        var headers = [(name: "Content-Type", value: contentType)]
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
            headers.append((name: "x-amz-meta-\(name)", value: value))
        }
        _ = try await perform(
            .put,
            path: configuration.address.path(of: key),
            headers: headers,
            body: .stream(length: length, chunks: chunks),
            payloadHash: sha256
        )
    }

    /// What the store knows about an object; `nil` when there is none.
    ///
    /// S3: HeadObject
    package func headObject(key: String) async throws(S3Error) -> ObjectHead? {
        do throws(S3Error) {
            return ObjectHead(try await perform(.head, path: configuration.address.path(of: key)))
        } catch {
            // There is no error document that could tell a missing bucket from a missing key.
            guard case .refused(404, _, _) = error else { throw error }
            return nil
        }
    }

    /// An object's bytes; `nil` when there is none.
    ///
    /// S3: GetObject
    ///
    /// - Throws: ``S3Error/objectTooLarge`` beyond `maximumBytes`, which are held in memory.
    package func getObject(key: String, maximumBytes: Int) async throws(S3Error) -> [UInt8]? {
        do throws(S3Error) {
            let response = try await perform(
                .get,
                path: configuration.address.path(of: key),
                // Room for an error document, however small the object may be.
                maximumResponseBytes: max(maximumBytes, Self.maximumErrorBytes)
            )
            guard response.body.count <= maximumBytes else { throw S3Error.objectTooLarge }
            return response.body
        } catch {
            guard case .refused(404, "NoSuchKey", _) = error else { throw error }
            return nil
        }
    }

    /// Removes an object. One that isn't there is fine.
    ///
    /// S3: DeleteObject
    package func deleteObject(key: String) async throws(S3Error) {
        do throws(S3Error) {
            _ = try await perform(.delete, path: configuration.address.path(of: key))
        } catch {
            guard case .refused(404, "NoSuchKey", _) = error else { throw error }
        }
    }

    /// Succeeds when the bucket exists and these credentials may use it.
    ///
    /// S3: HeadBucket
    package func headBucket() async throws(S3Error) {
        _ = try await perform(.head, path: configuration.address.bucketPath)
    }

    /// Makes the bucket. One that is already this account's is fine.
    ///
    /// S3: CreateBucket
    package func createBucket() async throws(S3Error) {
        // The default region is the one that may not be named.
        let body =
            configuration.region == "us-east-1"
            ? ""
            : "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><LocationConstraint>"
                + "\(configuration.region)</LocationConstraint></CreateBucketConfiguration>"
        let bytes = Array(body.utf8)
        do throws(S3Error) {
            _ = try await perform(
                .put,
                path: configuration.address.bucketPath,
                body: .bytes(bytes),
                payloadHash: PayloadHash.of(bytes)
            )
        } catch {
            guard case .refused(409, "BucketAlreadyOwnedByYou", _) = error else { throw error }
        }
    }

    /// Signs a request by its headers, sends it, and takes any status but success as a refusal.
    func perform(
        _ method: CurlRequest.Method,
        path: String,
        query: CanonicalQuery = CanonicalQuery([]),
        headers: [(name: String, value: String)] = [],
        body: CurlBody = .none,
        payloadHash: String = PayloadHash.ofNothing,
        maximumResponseBytes: Int = Self.maximumErrorBytes
    ) async throws(S3Error) -> CurlResponse {
        let time = SigningTime(now())
        var headers = headers
        headers.append((name: "Host", value: configuration.address.host))
        headers.append((name: "x-amz-content-sha256", value: payloadHash))
        headers.append((name: "x-amz-date", value: time.timestamp))
        if let token = configuration.credentials.sessionToken {
            headers.append((name: "x-amz-security-token", value: token))
        }
        let canonical = CanonicalRequest(
            method: method.rawValue,
            path: path,
            query: query,
            headers: headers,
            payloadHash: payloadHash
        )
        headers.append((name: "Authorization", value: signer.authorization(for: canonical, at: time)))

        let request = CurlRequest(
            method: method,
            url: configuration.address.origin + path + (query.text.isEmpty ? "" : "?" + query.text),
            headers: headers,
            body: body,
            timeouts: configuration.timeouts,
            maximumResponseBytes: maximumResponseBytes
        )
        let response: CurlResponse
        do throws(CurlError) {
            response = try await http.perform(request)
        } catch {
            throw S3Error(error)
        }
        guard (200..<300).contains(response.status) else { throw S3Error(refusal: response) }
        return response
    }

    private static let maximumErrorBytes = 64 << 10
}
