import HTTPTypes

/// Where the documents that are executed come from.
package enum DocumentSource: Sendable {
    /// From the clients, which may leave out what they have sent before, where that is kept.
    case clients(PersistedQueries?)
    /// From a list. Clients send identifiers, and nothing else is executed.
    case trusted(TrustedDocuments)

    /// The text of the document that a client asks for.
    func text(of document: RequestedDocument) throws(HTTPRefusal) -> String {
        switch self {
        case .clients(let persisted): try Self.text(of: document, persisted)
        case .trusted(let documents): try Self.text(of: document, documents)
        }
    }

    /// Keeps a document that was sent with its hash, now that it is known to be executable.
    func keep(_ document: RequestedDocument) {
        guard case .clients(let persisted?) = self, case .persisted(let hash, let text?) = document else { return }
        persisted.keep(text, as: hash)
    }

    private static func text(
        of document: RequestedDocument, _ persisted: PersistedQueries?
    ) throws(HTTPRefusal) -> String {
        switch document {
        case .text(let text):
            return text
        case .stored:
            throw .badRequest("The parameter \"query\" is missing; this server has no list of documents.")
        case .persisted(let hash, let text):
            guard let persisted else {
                throw .unexecutable(code: .persistedQueryNotSupported, "PersistedQueryNotSupported")
            }
            guard let text else {
                guard let text = persisted.document(hash) else {
                    throw .unexecutable(code: .persistedQueryNotFound, "PersistedQueryNotFound")
                }
                return text
            }
            guard sha256(text) == hash else {
                throw .badRequest("The hash in the extension \"persistedQuery\" is not the SHA-256 of the query.")
            }
            return text
        }
    }

    private static func text(
        of document: RequestedDocument, _ documents: TrustedDocuments
    ) throws(HTTPRefusal) -> String {
        switch document {
        case .text, .persisted(_, _?):
            throw HTTPRefusal(
                .badRequest, code: .persistedQueryIDRequired,
                "This server executes only documents that it knows: send \"documentId\" and no \"query\".")
        case .stored(let identifier), .persisted(let identifier, nil):
            guard let text = documents[identifier] else {
                throw HTTPRefusal(
                    .badRequest, code: .persistedQueryNotInList,
                    "This server knows no document \"\(identifier.prefix(128))\".")
            }
            return text
        }
    }
}
