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
    ///   - time: When the URL begins to be valid. Hand in one value for the many URLs of a response.
    /// - Returns: An absolute URL, ASCII only.
    package func presignedGetURL(
        key: String,
        fileName: String,
        contentType: String,
        expiresIn: Duration,
        at time: SigningTime? = nil
    ) -> String {
        presignedURL(
            path: configuration.publicAddress.path(of: key),
            parameters: [
                (name: "response-content-disposition", value: ContentDisposition.attachment(fileName: fileName)),
                (name: "response-content-type", value: contentType),
            ],
            expiresIn: expiresIn,
            at: time ?? SigningTime(now())
        )
    }

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
