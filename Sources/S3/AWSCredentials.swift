/// Who signs. Its description never shows the secrets.
package struct AWSCredentials: Sendable, Hashable, CustomStringConvertible {
    package let accessKeyID: String
    package let secretAccessKey: String

    /// Comes with temporary credentials, and is sent with every request and in every presigned URL.
    package let sessionToken: String?

    package init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }

    package var description: String { "AWSCredentials(\(accessKeyID))" }
}
