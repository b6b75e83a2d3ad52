import Foundation
import S3
import TestSupport
import Testing

@testable import AccordDevelopment

/// `accord reconcile`, over either storage.
@Suite(.serialized, .timeLimit(.minutes(4)))
struct ReconcileCommandTests {
    @Test(arguments: TestStorage.Kind.available)
    func `rows and files are compared both ways, and orphans removed`(_ kind: TestStorage.Kind) async throws {
        try await TestServer.withNew(storage: kind) { server in
            try await withPrivateFolder { folder async throws in
                let command = AccordCommand(environment: server.settings, folder: folder)
                let token = try server.token()
                let (whole, missing, deleted) = (
                    try await server.newConnection(), try await server.newConnection(),
                    try await server.newConnection()
                )
                for organization in [whole, missing] {
                    _ = try await server.upload(.pdf("Vertrag ü.pdf", seed: 1), to: organization, token: token).uploaded
                }
                let tenant = server.tenants.first.customer.url
                let line = "\(tenant): 2 rows, 2 files: 0 missing, 0 different, 0 without a row (0 removed), "
                let all = try await command.run("reconcile", "--tenant", tenant)
                #expect(all.output == line + "0 undecided, 0 foreign\n")
                #expect(all.status == 0)

                let orphan = "\(tenant)/agreements/\(deleted)/left.pdf"
                let backup = "\(tenant)/recovery/\(UUID().uuidString.lowercased())"
                try await server.storage.put([1, 2, 3], at: orphan)
                try await server.storage.put([1, 2, 3], at: backup)
                try await server.storage.remove("\(tenant)/agreements/\(missing)/Vertrag ü.pdf")
                let young = try await command.run("reconcile", "--tenant", tenant)
                #expect(young.output.contains("missing: \(tenant)/agreements/\(missing)/Vertrag ü.pdf\n"))
                #expect(young.output.contains("0 without a row (0 removed), 2 undecided"))
                #expect(young.status == 1)

                let dry = try await command.run("reconcile", "--tenant", tenant, "--dry-run", "--grace", "0")
                #expect(dry.output.contains("orphan: \(orphan)\n"))
                #expect(dry.output.contains("orphan: \(backup)\n"))
                #expect(try await server.contents().objects.count == 3)

                let mended = try await command.run("reconcile", "--grace", "0", "--checksums")
                #expect(mended.output.contains("1 missing, 0 different, 2 without a row (2 removed), 0 undecided"))
                #expect(try await server.contents().objects == ["\(tenant)/agreements/\(whole)/Vertrag ü.pdf"])

                // Of the right size.
                let other = TestFile.pdf("", seed: 2).bytes
                try await server.storage.put(other, at: "\(tenant)/agreements/\(whole)/Vertrag ü.pdf")
                #expect(try await command.run("reconcile", "--tenant", tenant).output.contains("0 different"))
                let compared = try await command.run("reconcile", "--tenant", tenant, "--checksums")
                #expect(compared.output.contains("different: \(tenant)/agreements/\(whole)/Vertrag ü.pdf\n"))
            }
        }
    }

    @Test(.server(storage: .directory)) func `the file of a change that is not over is no orphan`() async throws {
        let server = try TestServer.current
        try await withPrivateFolder { folder async throws in
            let command = AccordCommand(environment: server.settings, folder: folder)
            let tenant = server.tenants.first.customer.url
            let other = try await server.newConnection()
            let key = "\(tenant)/agreements/\(other)/a.pdf"
            let file = TestFile.pdf("a.pdf").bytes
            try await server.storage.put(file, at: key)
            let row = server.row(file, "a.pdf", with: other)
            try await TestCluster.shared.cluster.administer(
                [
                    """
                    INSERT INTO connect_pos.agreement_intents
                        (id, connected_org_id, action, s3_key, file_name, file_size, file_sha, created_by_id)
                    VALUES (gen_random_uuid(), '\(other)', 'put', '\(key)', 'a.pdf', \(file.count), '\(row.fileSHA)',
                        '\(row.createdByID)')
                    """
                ], in: server.tenants.first.database.name)
            let dry = try await command.run("reconcile", "--tenant", tenant, "--dry-run", "--grace", "0")
            #expect(dry.output.contains("0 without a row (0 removed), 1 undecided"))
            // It is settled first, and forward, since its file is there.
            let mended = try await command.run("reconcile", "--tenant", tenant, "--grace", "0")
            #expect(mended.status == 0)
            #expect(try await server.contents() == TestServer.Contents(row))
        }
    }

    @Test func `an unknown tenant and a missing setting are told`() async throws {
        try await withPrivateFolder { folder async throws in
            let command = AccordCommand(folder: folder)
            let nothing = try await command.run("reconcile")
            #expect(nothing.status == 1)
            #expect(nothing.output.contains("ACCORD_DATABASE_URL"))
            #expect(try await command.run("reconcile", "--grace", "-1").status == 64)
        }
    }
}
