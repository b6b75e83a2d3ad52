import AccordCore
import AccordDevelopment
import Curl
import TestSupport
import Testing

/// Users of one organization at the same agreement at the same time. The server has four database connections.
@Suite(.serialized, .server(storage: .directory), .timeLimit(.minutes(3)))
struct ConcurrentUploadTests {
    @Test func `uploads at once leave one agreement, whole`() async throws {
        let server = try TestServer.current
        let keystone = try server.organization("Keystone Electric")
        let token = try server.token()
        let files = (0..<12).map { TestFile.pdf("\($0 % 3).pdf", seed: UInt8($0), size: 300_000 + $0) }
        try await withThrowingTaskGroup(of: [String].self) { group in
            for file in files {
                group.addTask { try await server.upload(file, to: keystone, token: token).codes }
                // Who reads meanwhile sees an agreement or none, and never an error.
                group.addTask { try await server.client.graphQL(Self.query, token: token).codes }
            }
            for try await codes in group { #expect(codes == []) }
        }
        try await expectOneWholeAgreement(server, keystone, of: files)
    }

    @Test func `uploads and deletions at once leave an agreement with its file, or neither`() async throws {
        let server = try TestServer.current
        let keystone = try server.organization("Keystone Electric")
        let token = try server.token()
        let files = (0..<8).map { TestFile.pdf("\($0 % 2).pdf", seed: UInt8($0), size: 300_000 + $0) }
        try await withThrowingTaskGroup(of: [String].self) { group in
            for file in files {
                group.addTask { try await server.upload(file, to: keystone, token: token).codes }
                group.addTask { try await server.delete(keystone, token: token).codes }
            }
            for try await codes in group { #expect([[], ["AGREEMENT_NOT_FOUND"]].contains(codes)) }
        }
        if try await server.contents().rows.isEmpty {
            #expect(try await server.contents() == .nothing)
        } else {
            try await expectOneWholeAgreement(server, keystone, of: files)
        }
    }

    private static let query = "{ connections { agreement { id presignedUrl } } }"

    private func expectOneWholeAgreement(
        _ server: TestServer, _ organization: String, of files: [TestFile]
    ) async throws {
        let contents = try await server.contents()
        let possible = files.map { server.row($0.bytes, $0.suggestedName, with: organization) }
        let row = try #require(contents.rows.first)
        #expect(possible.contains(row))
        #expect(contents == TestServer.Contents(row))
        let link = try await server.agreement(with: organization, token: server.token())?.presignedUrl ?? ""
        let download = try await server.client.get(link)
        #expect(StoredFile(bytes: download.body).sha256 == row.fileSHA)
    }
}
