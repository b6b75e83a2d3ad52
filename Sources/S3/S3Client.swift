package import Curl
package import FoundationEssentials

/// The operations on one bucket that this product needs, over HTTP with Signature Version 4.
///
/// A call that fails for a passing reason is attempted again, as ``RetryPolicy`` says, and none is made while the store is
/// known to be out of reach, as ``CircuitBreaker`` says. Every operation throws ``S3Error/cancelled`` when its task is
/// cancelled.
package struct S3Client: Sendable {
    let configuration: S3Configuration
    let signer: RequestSigner
    let now: @Sendable () -> Date
    let http: CurlClient
    /// What is known of the store; copies of the client share it.
    package let state: StoreState

    /// - Parameters:
    ///   - configuration: The bucket.
    ///   - http: May be shared with others.
    ///   - state: What is known of the store, where that is shared.
    ///   - now: The clock that signatures carry; a store refuses one that is more than fifteen minutes off.
    package init(
        configuration: S3Configuration,
        http: CurlClient,
        state: StoreState = StoreState(),
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.configuration = configuration
        self.signer = RequestSigner(credentials: configuration.credentials, region: configuration.region)
        self.now = now
        self.http = http
        self.state = state
    }

    /// What the store knows about an object; `nil` when there is none.
    ///
    /// S3: HeadObject, HeadBucket
    ///
    /// - Throws: ``S3Error``, also when it is the bucket that is missing.
    package func headObject(key: String) async throws(S3Error) -> ObjectHead? {
        do throws(S3Error) {
            return ObjectHead(
                try await perform(S3Call(method: .head, path: configuration.address.path(of: key))))
        } catch {
            guard case .refused(404, _, _) = error else { throw error }
            // There is no error document that could tell a missing bucket from a missing key.
            try await headBucket()
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
            var call = S3Call(method: .get, path: configuration.address.path(of: key))
            // Room for an error document, however small the object may be.
            call.maximumResponseBytes = max(maximumBytes, Self.maximumErrorBytes)
            let response = try await perform(call)
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
    ///
    /// - Returns: Whether every attempt was answered: else one may still be carried out, later.
    @discardableResult
    package func deleteObject(key: String) async throws(S3Error) -> Bool {
        let call = S3Call(method: .delete, path: configuration.address.path(of: key))
        do throws(S3Error) {
            _ = try await perform(call)
        } catch {
            guard case .refused(404, "NoSuchKey", _) = error else { throw error }
        }
        return call.sendings.areAllAnswered
    }

    /// Succeeds when the bucket exists and these credentials may use it.
    ///
    /// S3: HeadBucket
    package func headBucket() async throws(S3Error) {
        _ = try await perform(S3Call(method: .head, path: configuration.address.bucketPath))
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
                S3Call(
                    method: .put, path: configuration.address.bucketPath, body: .bytes(bytes),
                    payloadHash: PayloadHash.of(bytes)))
        } catch {
            guard case .refused(409, "BucketAlreadyOwnedByYou", _) = error else { throw error }
        }
    }
}
