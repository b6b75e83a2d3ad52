internal import Crypto

/// The key of one day and region, derived from the secret.
///
/// AWS Signature Version 4: Calculate the signature
struct SigningKey: Sendable {
    /// An HMAC that has taken in the key, which is half of the work of a signature, and waits for the text.
    private let keyed: HMAC<SHA256>

    init(secretAccessKey: String, scope: CredentialScope) {
        var key = SymmetricKey(data: Array("AWS4\(secretAccessKey)".utf8))
        for part in [scope.day, scope.region, CredentialScope.service, CredentialScope.terminator] {
            key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key))
        }
        keyed = HMAC<SHA256>(key: key)
    }

    /// In lower-case hexadecimal.
    func signature(of string: StringToSign) -> String {
        code(of: Array(string.text.utf8)).hexadecimal
    }

    /// The signature's 32 bytes.
    func code(of stringToSign: [UInt8]) -> HMAC<SHA256>.MAC {
        var code = keyed
        code.update(data: stringToSign)
        return code.finalize()
    }
}
