import AccordDevelopment
import Curl
import Foundation
import TestSupport
import Testing

/// Files that are kept after their versions have ended, with either storage.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct KeptVersionTests {
    @Test(arguments: TestStorage.Kind.available)
    func `the last files are kept, and come back`(_ kind: TestStorage.Kind) async throws {
        try await TestServer.withNew(storage: kind, settings: ["ACCORD_KEEP_VERSIONS": "2"]) { server in
            let other = try await server.newConnection()
            let token = try server.token()
            let files = [TestFile.pdf("a.pdf", seed: 1), .pdf("a.pdf", seed: 2), .pdf("ü.pdf", seed: 3)]
            for file in files { _ = try await server.upload(file, to: other, token: token).uploaded }
            _ = try await server.delete(other, token: token)
            #expect(try await server.kept(other) == [3, 2])
            #expect(try await server.contents().rows == [])
            #expect(try await server.contents().objects.count == 2)

            // What was deleted, and then another one in its place.
            let third = try await server.restore(3, of: other, token: token).restored
            #expect(try await server.client.get(third.presignedUrl).body == files[2].bytes)
            let second = try await server.restore(2, of: other, token: server.token("admin")).restored
            #expect(second.id == third.id)
            #expect(second.fileName == "a.pdf")
            let download = try await server.client.get(second.presignedUrl)
            #expect(download.body == files[1].bytes)
            #expect(download.header("Content-Type") == "application/pdf")
            let history = try await server.history(of: other, token: token)
            #expect(history.versions.map(\.fileName) == ["a.pdf", "ü.pdf", "ü.pdf", "a.pdf", "a.pdf"])
            #expect(history.versions.map(\.end) == [nil, "REPLACED", "DELETED", "REPLACED", "REPLACED"])
            #expect(history.versions.map(\.isKept) == [false, true, true, false, false])
            #expect(history.versions[0].createdById != history.versions[1].createdById)

            // It is the agreement, so there is nothing to be done.
            #expect(try await server.restore(5, of: other, token: token).restored.createdAt == second.createdAt)
            let rest = try await server.contents()
            #expect(rest.rows.map(\.fileName) == ["a.pdf"])
            #expect(rest.objects.count == 3)
            #expect(try await server.restore(2, of: other, token: token).told == Self.notKept)
            #expect(try await server.restore(6, of: other, token: token).told == Self.notFound)
            #expect(try await server.restore(0, of: other, token: token).told == Self.notFound)
            #expect(try await server.restore(3, of: other, token: server.token("viewer")).codes == ["FORBIDDEN"])
            let stranger = try server.token("member", of: server.tenants.second)
            #expect(try await server.restore(3, of: other, token: stranger).codes == ["CONNECTION_NOT_ACCEPTED"])
            #expect(try await server.contents() == rest)
        }
    }

    @Test(arguments: TestStorage.Kind.available)
    func `kept files are compared with their versions, and those too many removed`(
        _ kind: TestStorage.Kind
    ) async throws {
        try await TestServer.withNew(storage: kind, settings: ["ACCORD_KEEP_VERSIONS": "3"]) { server in
            try await withPrivateFolder { folder async throws in
                let (first, second) = (try await server.newConnection(), try await server.newConnection())
                let token = try server.token()
                for seed in 1...4 {
                    for other in [first, second] {
                        _ = try await server.upload(.pdf("a.pdf", seed: UInt8(seed)), to: other, token: token).uploaded
                    }
                }
                let tenant = server.tenants.first.customer.url
                let arguments = ["reconcile", "--tenant", tenant, "--grace", "0", "--checksums"]
                let command = AccordCommand(environment: server.settings, folder: folder)
                let well = "0 missing, 0 different, 0 without a row (0 removed), 0 undecided, 0 foreign\n"
                let whole = try await command.run(arguments)
                #expect(whole.output == "\(tenant): 2 rows and 6 kept versions, 8 files: " + well)
                #expect(whole.status == 0)

                // A key that was written down, but no file.
                let key = try await server.keptKey(of: first, version: 3)
                try await server.storage.remove(key)
                let missing = try await command.run(arguments)
                #expect(missing.output.contains("missing: \(key)\n"))
                #expect(missing.status == 1)
                #expect(try await server.restore(3, of: first, token: token).told == Self.notKept)
                // Another file of the same size.
                try await server.storage.put(TestFile.pdf("", seed: 9).bytes, at: key)
                #expect(try await command.run(arguments).output.contains("different: \(key)\n"))
                #expect(try await server.restore(3, of: first, token: token).told == Self.notKept)

                // From now on fewer: with the next change of an organization, or for all at once.
                try await server.withAnother(settings: ["ACCORD_KEEP_VERSIONS": "1"]) { server in
                    _ = try await server.upload(.pdf("b.pdf"), to: first, token: token).uploaded
                }
                #expect(try await server.kept(first) == [4])
                #expect(try await server.kept(second) == [3, 2, 1])
                let fewer = AccordCommand(
                    environment: server.settings.merging(["ACCORD_KEEP_VERSIONS": "1"]) { $1 }, folder: folder)
                let mended = try await fewer.run(arguments)
                #expect(mended.output == "\(tenant): 2 rows and 2 kept versions, 4 files: " + well)
                #expect(try await server.kept(second) == [3])
                try await server.withAnother(settings: ["ACCORD_KEEP_VERSIONS": "0"]) { server in
                    _ = try await server.delete(second, token: token)
                }
                #expect(try await server.kept(second) == [])
                #expect(try await server.contents().objects.count == 2)
            }
        }
    }

    private static let notFound = [
        "AGREEMENT_NOT_FOUND: There is no such version of the agreement for this connection."
    ]
    private static let notKept = ["AGREEMENT_NOT_FOUND: The file of this version is not kept."]
}

extension TestServer {
    fileprivate func restore(_ version: Int, of organization: String, token: String) async throws -> GraphQLAnswer {
        try await client.graphQL(
            """
            mutation($id: ID!) {
              restoreAgreement(connectedOrgId: $id, version: \(version)) { \(Self.agreementFields) }
            }
            """, variables: ["id": organization], token: token)
    }

    /// The versions whose files are kept, the newest first.
    fileprivate func kept(_ organization: String) async throws -> [Int] {
        try await history(of: organization, token: token()).versions.filter(\.isKept).map(\.version)
    }

    fileprivate func keptKey(of organization: String, version: Int) async throws -> String {
        let lines = try await TestCluster.shared.cluster.administer(
            [
                """
                SELECT kept_key FROM connect_pos.agreement_versions
                WHERE connected_org_id = '\(organization)' AND version = \(version)
                """
            ], in: tenants.first.database.name)
        return lines.trimmingCharacters(in: .newlines)
    }
}

extension GraphQLAnswer {
    /// What `restoreAgreement` gave.
    fileprivate var restored: AgreementAnswer {
        get throws {
            struct Data: Decodable {
                let restoreAgreement: AgreementAnswer
            }
            return try data(Data.self).restoreAgreement
        }
    }

    /// Code and message of each error.
    fileprivate var told: [String] { errors.map { "\($0.extensions.code): \($0.message)" } }
}
