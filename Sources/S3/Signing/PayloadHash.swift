internal import Crypto

/// What a signature says about a request's body.
package enum PayloadHash {
    /// Of a request without a body.
    static let ofNothing = of([])

    /// Nothing: a presigned URL doesn't know.
    static let unsigned = "UNSIGNED-PAYLOAD"

    /// The SHA-256, in lower-case hexadecimal.
    package static func of(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).hexadecimal
    }
}
