/// The root URL of an object store, taken apart as far as signing needs.
struct S3Endpoint: Hashable {
    /// `http` or `https`.
    let scheme: String

    /// Host and port as they stand in the `Host` header: lower case, without the scheme's own port.
    let authority: String

    /// What all of the store's paths begin with: empty, or `/…` without a slash at its end.
    let basePath: String

    init(_ url: String) throws(S3Error) {
        let parts = url.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let scheme = ["http", "https"].first(where: { $0 == parts[0].lowercased() }) else {
            throw .invalidConfiguration(
                "The endpoint \(String(reflecting: url)) does not begin with http:// or https://.")
        }
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"?#@\\\"<>".utf8.contains($0) }) else {
            throw .invalidConfiguration("The endpoint may hold a host, a port and a path, and nothing else.")
        }
        let slash = parts[1].firstIndex(of: "/") ?? parts[1].endIndex
        var authority = parts[1][..<slash].lowercased()
        let ownPort = scheme == "https" ? ":443" : ":80"
        if authority.hasSuffix(ownPort) { authority.removeLast(ownPort.count) }
        guard !authority.isEmpty else {
            throw .invalidConfiguration("The endpoint \(String(reflecting: url)) has no host.")
        }
        var basePath = String(parts[1][slash...])
        while basePath.hasSuffix("/") { basePath.removeLast() }

        self.scheme = scheme
        self.authority = authority
        self.basePath = basePath
    }
}

/// Where a bucket is found: the origin, the host that is signed, and the path of each key.
struct BucketAddress: Hashable {
    /// `https://host`, without a slash at its end.
    let origin: String
    let host: String

    /// The bucket's own path, encoded.
    let bucketPath: String
    private let keyPrefix: String

    init(_ endpoint: S3Endpoint, bucket: String, _ addressing: S3Configuration.Addressing) {
        switch addressing {
        case .path:
            host = endpoint.authority
            bucketPath = endpoint.basePath + "/" + bucket.uriEncoded()
            keyPrefix = bucketPath + "/"
        case .virtualHost:
            host = bucket + "." + endpoint.authority
            bucketPath = endpoint.basePath + "/"
            keyPrefix = bucketPath
        }
        origin = endpoint.scheme + "://" + host
    }

    /// The key's path, encoded once, its slashes kept, as S3 signs it (other AWS services encode twice).
    func path(of key: String) -> String {
        keyPrefix + key.uriEncoded(keepingSlashes: true)
    }
}
