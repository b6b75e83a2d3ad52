internal import Crypto

/// The key of one day and region, derived from the secret.
///
/// AWS Signature Version 4: Calculate the signature
struct SigningKey: Sendable {
    private let key: SymmetricKey

    init(secretAccessKey: String, scope: CredentialScope) {
        var key = SymmetricKey(data: Array("AWS4\(secretAccessKey)".utf8))
        for part in [scope.day, scope.region, CredentialScope.service, CredentialScope.terminator] {
            key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key))
        }
        self.key = key
    }

    /// In lower-case hexadecimal.
    func signature(of string: StringToSign) -> String {
        HMAC<SHA256>.authenticationCode(for: Array(string.text.utf8), using: key).hexadecimal
    }
}
