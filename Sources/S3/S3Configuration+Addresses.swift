extension S3Configuration {
    /// Where an object is for this process, without a signature: what a private bucket refuses. An empty key is the bucket.
    package func unsignedURL(of key: String) -> String { address.origin + address.path(of: key) }

    /// The same as clients reach it.
    package func publicUnsignedURL(of key: String) -> String { publicAddress.origin + publicAddress.path(of: key) }

    /// Whether clients reach the store at another address than this process does.
    package var hasPublicEndpoint: Bool { publicAddress != address }
}
