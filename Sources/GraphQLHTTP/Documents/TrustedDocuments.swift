import Crypto

/// The only documents that may be executed, where there is such a list.
///
/// Each has one or more identifiers of its own, and besides them the SHA-256 of its text.
///
/// GraphQL over HTTP, Appendix A: Persisted Documents
package struct TrustedDocuments: Sendable {
    /// The documents by their own identifiers.
    package let documents: [String: String]
    private let byHash: [String: String]

    /// Makes a list of documents by their identifiers.
    package init(_ documents: [String: String]) {
        self.documents = documents
        byHash = Dictionary(documents.values.map { (sha256($0), $0) }) { first, _ in first }
    }

    /// The document with this identifier: its own, or its SHA-256 in lower-case hexadecimal digits, also behind
    /// `sha256:`.
    subscript(identifier: String) -> String? {
        let hash = identifier.hasPrefix("sha256:") ? String(identifier.dropFirst(7)) : identifier
        return documents[identifier] ?? byHash[hash]
    }
}

/// The SHA-256 of a text's UTF-8, in lower-case hexadecimal digits.
func sha256(_ text: String) -> String {
    SHA256.hash(data: Array(text.utf8)).lowercaseHexadecimal
}
