import Foundation
import GraphQL
import GraphQLHTTP

extension TrustedDocuments {
    /// Reads the documents of a folder or of a manifest.
    ///
    /// - A folder: every file in it and below whose name ends in `.graphql` or `.gql`. A document's identifier is the
    ///   file's name without that.
    /// - A manifest: a JSON object of documents by their identifiers, or the one that Apollo's tools write
    ///   (`"format": "apollo-persisted-query-manifest"`).
    ///
    /// - Throws: `TrustedDocumentsError`, or what reading a file throws.
    init(path: String) throws {
        var isFolder: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw TrustedDocumentsError("there is nothing at \(path)")
        }
        let documents = isFolder.boolValue ? try Self.folder(path) : try Self.manifest(path)
        guard !documents.isEmpty else { throw TrustedDocumentsError("there are no documents in \(path)") }
        self.init(documents)
    }

    private static func folder(_ path: String) throws -> [String: String] {
        var documents: [String: String] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: path).sorted() {
            let file = URL(filePath: path).appending(path: name)
            guard ["graphql", "gql"].contains(file.pathExtension) else { continue }
            let identifier = file.deletingPathExtension().lastPathComponent
            guard documents.updateValue(try text(of: file), forKey: identifier) == nil else {
                throw TrustedDocumentsError("two files in \(path) are called \(identifier)")
            }
        }
        return documents
    }

    private static func manifest(_ path: String) throws -> [String: String] {
        let bytes = Array(try Data(contentsOf: URL(filePath: path)))
        guard let value = try? JSONParser.parse(bytes, maximumDepth: 16), case .object(let members) = value else {
            throw TrustedDocumentsError("\(path) is not a JSON object")
        }
        var entries: [(id: Value?, text: Value?)] = members.map { (.string($0.name), $0.value) }
        if case .list(let operations)? = value["operations"] { entries = operations.map { ($0["id"], $0["body"]) } }
        var documents: [String: String] = [:]
        for case (let id, let text) in entries {
            guard case .string(let id)? = id, case .string(let text)? = text else {
                throw TrustedDocumentsError("an entry of \(path) has no identifier or no document that is a string")
            }
            documents[id] = text
        }
        return documents
    }

    private static func text(of file: URL) throws -> String {
        guard let text = String(validating: try Data(contentsOf: file), as: UTF8.self) else {
            throw TrustedDocumentsError("\(file.path) is not encoded in UTF-8")
        }
        return text
    }
}

extension TrustedDocuments {
    /// Makes sure that each document can be executed with a schema.
    ///
    /// - Throws: `TrustedDocumentsError` with everything that is wrong.
    func check<Context>(with schema: ExecutableSchema<Context>) throws {
        var problems: [String] = []
        for (identifier, text) in documents.sorted(by: { $0.key < $1.key }) {
            // One of several operations is named by the request.
            guard case .failure(let errors) = schema.prepare(text, operationName: nil),
                !errors.isAboutOperationName
            else { continue }
            problems += errors.errors.map { "\(identifier): \($0.message)" }
        }
        guard problems.isEmpty else {
            throw TrustedDocumentsError(
                "some of the trusted documents can't be executed:\n"
                    + problems.map { "  - \($0)" }.joined(separator: "\n"))
        }
    }
}

extension RequestErrors {
    fileprivate var isAboutOperationName: Bool {
        if case .operationResolution = origin { true } else { false }
    }
}

/// Why a list of documents can't be used.
struct TrustedDocumentsError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
