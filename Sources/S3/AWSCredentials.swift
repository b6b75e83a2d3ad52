package import FoundationEssentials

/// Who signs. Its description never shows the secrets.
package struct AWSCredentials: Sendable, Hashable, CustomStringConvertible {
    package let accessKeyID: String
    package let secretAccessKey: String

    /// Comes with temporary credentials, and is sent with every request and in every presigned URL.
    package let sessionToken: String?

    /// When temporary credentials end, and with them every URL signed with them; nil when that isn't known, or never.
    package let expiration: Date?

    package init(
        accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil, expiration: Date? = nil
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiration = expiration
    }

    package var description: String { "AWSCredentials(\(accessKeyID))" }
}
