extension S3Client {
    /// A URL by which anybody may download the object, without credentials, until it expires. Nothing is asked of the
    /// store: whether the object exists shows when the URL is used.
    ///
    /// The host is the public endpoint's. The object downloads under `fileName`, whatever the key is; where the name would
    /// make the URL too long for many servers, it is the name that the object was stored with.
    ///
    /// AWS Signature Version 4: Authenticating requests: using query parameters
    ///
    /// - Parameters:
    ///   - key: Of an object in the bucket.
    ///   - fileName: Any text; see RFC 6266.
    ///   - contentType: What the download is declared as.
    ///   - expiresIn: Whole seconds count. Stores accept 1 s to 7 days; narrower policy is the caller's.
    ///   - time: When the URL begins to be valid. Hand in one value for the many URLs of a response.
    /// - Returns: An absolute URL, ASCII only.
    package func presignedGetURL(
        key: String,
        fileName: String,
        contentType: String,
        expiresIn: Duration,
        at time: SigningTime? = nil
    ) -> String {
        let path = configuration.publicAddress.path(of: key)
        let time = time ?? SigningTime(now())
        let disposition = ContentDisposition.attachment(fileName: fileName)
        let type = [(name: "response-content-type", value: contentType)]
        let whole = presignedURL(
            path: path, parameters: type + [(name: "response-content-disposition", value: disposition)],
            expiresIn: expiresIn, at: time)
        return whole.utf8.count <= Self.longestURL
            ? whole : presignedURL(path: path, parameters: type, expiresIn: expiresIn, at: time)
    }

    /// In bytes. Request lines of more than 8 KiB are refused by OpenStack Swift, nginx and others.
    private static let longestURL = 8_000

    /// Signs a GET of that path, encoded, on the public endpoint; `parameters` are the query's further ones.
    func presignedURL(
        path: String,
        parameters: [(name: String, value: String)],
        expiresIn: Duration,
        at time: SigningTime
    ) -> String {
        let address = configuration.publicAddress
        let credentials = configuration.credentials
        var parameters = parameters
        parameters += [
            (name: "X-Amz-Algorithm", value: StringToSign.algorithm),
            (name: "X-Amz-Credential", value: "\(credentials.accessKeyID)/\(signer.scope(at: time).text)"),
            (name: "X-Amz-Date", value: time.timestamp),
            (name: "X-Amz-Expires", value: String(expiresIn.components.seconds)),
            (name: "X-Amz-SignedHeaders", value: "host"),
        ]
        if let token = credentials.sessionToken {
            parameters.append((name: "X-Amz-Security-Token", value: token))
        }
        let query = CanonicalQuery(parameters)
        let canonical = CanonicalRequest(
            method: "GET",
            path: path,
            query: query,
            headers: [(name: "host", value: address.host)],
            payloadHash: PayloadHash.unsigned
        )
        let signature = signer.signature(of: canonical, at: time)
        return "\(address.origin)\(path)?\(query.text)&X-Amz-Signature=\(signature)"
    }
}
