import GraphQL

/// How a request names the document to be executed.
enum RequestedDocument: Hashable, Sendable {
    /// By its text.
    case text(String)
    /// By its SHA-256, with its text the first time. Apollo: Automatic Persisted Queries
    case persisted(hash: String, text: String?)
    /// By an identifier. GraphQL over HTTP, Appendix A: Persisted Documents
    case stored(id: String)

    /// Reads the members that have a say in it.
    init(query: Value?, id: Value?, extensions: [ObjectField]) throws(HTTPRefusal) {
        let text = try Self.string(query, "query")
        let id = try Self.string(id, "documentId")
        if let persisted = extensions.first(where: { $0.name == "persistedQuery" })?.value {
            guard persisted["version"] == .int(1), case .string(let hash)? = persisted["sha256Hash"] else {
                throw .badRequest(
                    "The extension \"persistedQuery\" must be an object with \"version\": 1 and the string "
                        + "\"sha256Hash\".")
            }
            self = .persisted(hash: hash, text: text)
        } else if let text {
            self = .text(text)
        } else if let id {
            self = .stored(id: id)
        } else {
            throw .badRequest("The parameter \"query\" is missing.")
        }
    }

    private static func string(_ value: Value?, _ name: String) throws(HTTPRefusal) -> String? {
        switch value {
        case .string(let text): return text
        case nil, .null: return nil
        default: throw .badRequest("The parameter \"\(name)\" must be a string.")
        }
    }
}
