import AccordServer
import Foundation
import TestSupport
import Testing

/// A server with a list of documents, read from a folder or a manifest.
@Suite(.sharedServer(storage: .directory), .timeLimit(.minutes(2)))
struct TrustedDocumentSettingTests {
    private static let connections = "query GetConnections { connections { name } }"

    /// Writes files into a new folder, and gives its path to `body`.
    private func withFiles(_ files: [String: String], _ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "accord-documents-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try await body(folder.path)
    }

    /// What a server answers to `documentId`.
    private func ask(_ identifier: String, with path: String) async throws -> GraphQLAnswer {
        let server = try TestServer.current
        var answer: GraphQLAnswer?
        try await server.withAnother(settings: ["ACCORD_TRUSTED_DOCUMENTS": path]) { server async throws in
            let free = try await server.client.graphQL(Self.connections, token: server.token())
            #expect(free.status == 400)
            #expect(free.codes == ["PERSISTED_QUERY_ID_REQUIRED"])
            answer = try await server.client.post(
                body: Array(#"{"documentId":"\#(identifier)"}"#.utf8), contentType: "application/json",
                token: server.token())
        }
        return try #require(answer)
    }

    @Test func `a folder's documents are known by the names of their files`() async throws {
        let files = ["web/GetConnections.graphql": Self.connections, "readme.txt": "{", "Type.gql": "{ __typename }"]
        try await withFiles(files) { path async throws in
            let answer = try await ask("GetConnections", with: path)
            #expect(answer.status == 200)
            #expect(answer.text.hasPrefix(#"{"data":{"connections":["#))
        }
    }

    @Test(arguments: [
        #"{"abc": "query GetConnections { connections { name } }"}"#,
        """
        {"format": "apollo-persisted-query-manifest", "version": 1, "operations":
        [{"id": "abc", "name": "GetConnections", "type": "query", "body": "query GetConnections { connections { name } }"}]}
        """,
    ])
    func `a manifest's documents are known by its identifiers`(_ manifest: String) async throws {
        try await withFiles(["manifest.json": manifest]) { path async throws in
            #expect(try await ask("abc", with: path + "/manifest.json").status == 200)
        }
    }

    @Test func `documents that can't be executed stop the start, each with its reason`() async throws {
        let files = ["A.graphql": "{ nothing }", "B.graphql": "{", "C.graphql": "query X { __typename } query Y { a }"]
        try await withFiles(files) { path async throws in
            let settings = try TestServer.current.settings.merging(["ACCORD_TRUSTED_DOCUMENTS": path]) { $1 }
            let configuration = try ServerConfiguration(settings: settings)
            let error = await #expect(throws: (any Error).self) {
                try await AccordServer(configuration, logger: .quiet)
            }
            #expect(
                error.map { "\($0)" } == """
                    some of the trusted documents can't be executed:
                      - A: Cannot query field "nothing" on type "Query".
                      - B: Syntax Error: Expected Name, found <EOF>.
                      - C: Cannot query field "a" on type "Query".
                    """)
        }
    }

    @Test(arguments: [
        (["a/X.graphql": "{ __typename }", "b/X.graphql": "{ __typename }"], "", "two files in PATH are called X"),
        (["a.txt": ""], "", "there are no documents in PATH"),
        (["a.json": "{}"], "/a.json", "there are no documents in PATH/a.json"),
        (["a.json": "[]"], "/a.json", "PATH/a.json is not a JSON object"),
        (["a.json": "{"], "/a.json", "PATH/a.json is not a JSON object"),
        (
            ["a.json": #"{"a":1}"#], "/a.json",
            "an entry of PATH/a.json has no identifier or no document that is a string"
        ),
        ([:], "/nowhere", "there is nothing at PATH/nowhere"),
    ])
    func `a list that can't be used is reported like any malformed setting`(
        _ files: [String: String], _ name: String, _ problem: String
    ) async throws {
        try await withFiles(files) { path async throws in
            let settings = try TestServer.current.settings.merging(["ACCORD_TRUSTED_DOCUMENTS": path + name]) { $1 }
            let error = #expect(throws: ConfigurationErrors.self) { try ServerConfiguration(settings: settings) }
            #expect(
                error?.problems == [
                    "ACCORD_TRUSTED_DOCUMENTS can't be used: \(problem.replacing("PATH", with: path))"
                ])
        }
    }
}
