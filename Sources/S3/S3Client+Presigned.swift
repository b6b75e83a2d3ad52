package import FoundationEssentials

extension S3Client {
    /// A URL by which anybody may download the object, without credentials, until it expires. Nothing is asked of the
    /// store: whether the object exists shows when the URL is used.
    ///
    /// The host is the public endpoint's. The object downloads under `fileName`, whatever the key is.
    ///
    /// AWS Signature Version 4: Authenticating requests: using query parameters
    ///
    /// - Parameters:
    ///   - key: Of an object in the bucket.
    ///   - fileName: Any text; see RFC 6266.
    ///   - contentType: What the download is declared as.
    ///   - expiresIn: Whole seconds count. Stores accept 1 s to 7 days; narrower policy is the caller's.
    ///   - time: When the URL begins to be valid, in whole seconds. Hand in one value for the many URLs of a response.
    /// - Returns: An absolute URL, ASCII only.
    package func presignedGetURL(
        key: String,
        fileName: String,
        contentType: String,
        expiresIn: Duration,
        at time: Date? = nil
    ) -> String {
        presigner(expiresIn: expiresIn, at: time ?? now()).url(
            path: configuration.publicAddress.path(of: key),
            parameters: [
                "response-content-disposition": ContentDisposition.attachmentBytes(fileName: fileName),
                "response-content-type": Array(contentType.utf8),
            ])
    }

    /// What signs GETs on the public endpoint.
    func presigner(expiresIn: Duration, at time: Date) -> URLPresigner {
        signer.presigner(configuration.publicAddress, expiresIn: expiresIn.components.seconds, at: time)
    }
}
