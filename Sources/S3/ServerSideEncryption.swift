/// How a store encrypts an object that it keeps.
///
/// Amazon S3 User Guide: Protecting data with server-side encryption
package enum ServerSideEncryption: Sendable, Hashable {
    /// With keys of the store's own (SSE-S3).
    case aes256
    /// With a key of the key service (SSE-KMS), by its id or ARN; nil for the account's default.
    case kms(keyID: String?)

    /// What is sent with an object.
    var headers: [(name: String, value: String)] {
        let name = "x-amz-server-side-encryption"
        switch self {
        case .aes256: return [(name, "AES256")]
        case .kms(nil): return [(name, "aws:kms")]
        case .kms(let keyID?): return [(name, "aws:kms"), ("\(name)-aws-kms-key-id", keyID)]
        }
    }
}
