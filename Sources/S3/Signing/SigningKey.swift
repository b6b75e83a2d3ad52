internal import Crypto

/// The key of one day and region, derived from the secret.
///
/// AWS Signature Version 4: Calculate the signature
struct SigningKey: Sendable {
    /// The two hashes of an HMAC, which have taken in the key: half of the work of a signature.
    ///
    /// Crypto's own HMAC goes through its input by way of generic sequences, in four times the time.
    private let inner: SHA256
    private let outer: SHA256

    init(secretAccessKey: String, scope: CredentialScope) {
        var key = SymmetricKey(data: Array("AWS4\(secretAccessKey)".utf8))
        for part in [scope.day, scope.region, CredentialScope.service, CredentialScope.terminator] {
            key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key))
        }
        let bytes = unsafe key.withUnsafeBytes { unsafe Array($0) }
        (inner, outer) = (Self.hash(of: bytes, paddedWith: 0x36), Self.hash(of: bytes, paddedWith: 0x5C))
    }

    /// RFC 2104 §2: `H(K XOR opad, H(K XOR ipad, text))`, of which this is the beginning of one H.
    private static func hash(of key: [UInt8], paddedWith byte: UInt8) -> SHA256 {
        var block = [UInt8](repeating: byte, count: SHA256.blockByteCount)
        for (index, part) in key.enumerated() { block[index] ^= part }
        var hash = SHA256()
        hash.update(data: block)
        return hash
    }

    /// In lower-case hexadecimal.
    func signature(of string: StringToSign) -> String {
        code(of: Array(string.text.utf8)).hexadecimal
    }

    /// The signature's 32 bytes.
    func code(of stringToSign: [UInt8]) -> SHA256Digest {
        var (inner, outer) = (inner, outer)
        inner.update(data: stringToSign)
        unsafe inner.finalize().withUnsafeBytes { unsafe outer.update(bufferPointer: $0) }
        return outer.finalize()
    }
}
