package import Curl

/// One bucket, where it is and as whom to use it.
package struct S3Configuration: Sendable {
    /// Where the bucket's name goes in a request.
    ///
    /// Amazon S3 User Guide: Virtual hosting of general purpose buckets
    package enum Addressing: String, Sendable, CaseIterable {
        /// `https://host/bucket/key`: what most other object stores and every local one want.
        case path
        /// `https://bucket.host/key`: what Amazon wants. A bucket with a dot in its name has no valid certificate here.
        case virtualHost
    }

    package let bucket: String
    package let region: String
    package let credentials: AWSCredentials
    package var timeouts: CurlTimeouts

    /// How calls that fail are attempted again.
    package var retries = RetryPolicy()

    /// An object of more bytes is uploaded in parts; nil for always in one piece.
    package var multipartThreshold: Int? = 16 << 20

    /// What the store is asked to encrypt new objects with; nil leaves that to it. Some stores answer 501 to the asking.
    package var encryption: ServerSideEncryption?

    /// Whether an object is first stored on condition that there is none of its key, so that one of the same content is
    /// not written twice. Some stores answer 501 to the condition.
    package var storesConditionally = false

    /// Where this process sends its requests.
    let address: BucketAddress

    /// The address that presigned URLs are made and signed for.
    let publicAddress: BucketAddress

    /// - Parameters:
    ///   - endpoint: `http://` or `https://`, host, port where it isn't the scheme's own, and a path where the store
    ///     lives below one.
    ///   - publicEndpoint: The endpoint as clients reach it, when it is another one.
    ///   - bucket: Its name.
    ///   - region: Part of every signature; stores other than Amazon's mostly want their own data centre's name.
    ///   - credentials: Of an account that may read, write and delete in the bucket.
    ///   - addressing: Where the bucket's name goes.
    ///   - timeouts: Of each call; the total one bounds all attempts together, and an upload of the largest object.
    /// - Throws: ``S3Error/invalidConfiguration(_:)``, naming the part that can't be.
    package init(
        endpoint: String,
        publicEndpoint: String? = nil,
        bucket: String,
        region: String,
        credentials: AWSCredentials,
        addressing: Addressing = .path,
        timeouts: CurlTimeouts = CurlTimeouts(total: .seconds(300))
    ) throws(S3Error) {
        // Checked no further than the requests need it: stores differ in what they allow.
        guard !bucket.isEmpty, !bucket.contains("/") else {
            throw .invalidConfiguration("The bucket's name is empty or holds a slash.")
        }
        guard !region.isEmpty else { throw .invalidConfiguration("The region is empty.") }
        guard !credentials.accessKeyID.isEmpty, !credentials.secretAccessKey.isEmpty else {
            throw .invalidConfiguration("The access key's id or its secret is empty.")
        }
        self.bucket = bucket
        self.region = region
        self.credentials = credentials
        self.timeouts = timeouts
        self.address = BucketAddress(try S3Endpoint(endpoint), bucket: bucket, addressing)
        self.publicAddress = BucketAddress(try S3Endpoint(publicEndpoint ?? endpoint), bucket: bucket, addressing)
    }
}
