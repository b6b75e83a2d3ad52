import AccordCore
import AccordDevelopment
import Curl
import Foundation
import TestSupport
import Testing

@testable import AccordServer

/// The audit log through the door: what requests leave there, and who may read it.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct AuditTests {
    /// An entry as `auditLog` shows it, but for what the server makes up.
    private struct Entry: Decodable, Hashable {
        var id: String
        var action: String
        var userId: String?
        var role: String?
        var requestId: String?
        var ipAddress: String?
        var connectedOrgId: String?
        var agreementIds: [String]
        var fileName: String?
        var fileSize: Int?
        var fileSha256: String?
        var errorCode: String?
        var field: String?
    }

    private struct Log: Decodable {
        struct Connection: Decodable {
            struct Edge: Decodable {
                let cursor: String
                let node: Entry
            }
            struct PageInfo: Decodable, Hashable {
                let hasNextPage: Bool
                let hasPreviousPage: Bool
                let startCursor: String?
                let endCursor: String?
            }
            let edges: [Edge]
            let pageInfo: PageInfo
        }
        let auditLog: Connection
    }

    private static let fields = """
        edges { cursor node { id action userId role requestId ipAddress connectedOrgId agreementIds fileName fileSize \
        fileSha256 errorCode field } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        """

    private func page(_ server: TestServer, _ arguments: String = "") async throws -> Log.Connection {
        let answer = try await server.client.graphQL(
            "{ auditLog\(arguments) { \(Self.fields) } }", token: server.token("admin"))
        #expect(answer.errors.isEmpty)
        return try answer.data(Log.self).auditLog
    }

    /// The entries, the oldest first, as soon as there are so many.
    private func entries(_ server: TestServer, count: Int) async throws -> [Entry] {
        while true {
            let entries = try await page(server).edges.map(\.node)
            if entries.count >= count { return entries.reversed() }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Sends a request of an id.
    private func send(
        _ server: TestServer, _ document: String, id: String, role: String = "member", headers: [String: String] = [:]
    ) async throws -> GraphQLAnswer {
        let fields = [
            (name: "Content-Type", value: "application/json"), (name: "X-Request-ID", value: id),
            (name: "Authorization", value: "Bearer \(try server.token(role))"),
        ]
        let body = Array(try JSONEncoder().encode(["query": document]))
        return GraphQLAnswer(
            try await server.client.send(
                .post, "/graphql", headers: fields + headers.map { (name: $0.key, value: $0.value) }, body: body))
    }

    private func upload(
        _ server: TestServer, _ file: TestFile, to organization: String, id: String, role: String = "member"
    ) async throws -> GraphQLAnswer {
        let operations = """
            {"query": "mutation($id: ID!, $file: Upload!) { uploadAgreement(connectedOrgId: $id, file: $file) { id } }", \
            "variables": {"id": "\(organization)", "file": null}}
            """
        let form = MultipartBody.upload(
            operations: operations, fileName: #"filename="\#(file.suggestedName)""#, file.bytes)
        return GraphQLAnswer(
            try await server.client.send(
                .post, "/graphql",
                headers: [
                    (name: "Content-Type", value: form.contentType), (name: "X-Request-ID", value: id),
                    (name: "Authorization", value: "Bearer \(try server.token(role))"),
                ], body: form.bytes))
    }

    private struct Uploaded: Decodable {
        struct Agreement: Decodable { let id: String }
        let uploadAgreement: Agreement
    }

    private func userID(_ server: TestServer, _ role: String = "member") -> String? {
        server.tenants.first.customer.users.first { $0.role == role }?.id.description
    }

    // MARK: - What is recorded

    @Test(.server(storage: .directory)) func `each action leaves its entry: who, by which request, from where`()
        async throws
    {
        let server = try TestServer.current
        let keystone = try server.organization("Keystone Electric")
        let (old, new) = (TestFile.pdf("old.pdf", seed: 1), TestFile.pdf("new.pdf", seed: 2, size: 3_000))
        let agreement = try await upload(server, old, to: keystone, id: "r1").data(Uploaded.self).uploadAgreement.id
        _ = try await upload(server, new, to: keystone, id: "r2").data(Uploaded.self)
        // The same once more changes nothing.
        _ = try await upload(server, new, to: keystone, id: "r3").data(Uploaded.self)
        let authorization = (name: "Authorization", value: "Bearer \(try server.token("viewer"))")
        let download = try await server.client.get(
            "/agreements/\(agreement)/download", headers: [authorization, (name: "X-Request-ID", value: "r4")])
        #expect(download.body == new.bytes)
        // None of these is a download.
        for headers in [
            [authorization, (name: "If-None-Match", value: download.header("ETag") ?? "")], [],
        ] {
            _ = try await server.client.get("/agreements/\(agreement)/download", headers: headers)
        }
        _ = try await server.client.send(.head, "/agreements/\(agreement)/download", headers: [authorization])
        _ = try await send(server, "{ connections { agreement { fileName } } }", id: "r5")
        let links = "{ connections { agreement { a: presignedUrl b: presignedUrl(expiresIn: 60) } } }"
        #expect(try await send(server, links, id: "r6", role: "viewer").errors.isEmpty)
        _ = try await entries(server, count: 4)
        #expect(
            try await send(
                server, #"mutation { deleteAgreement(connectedOrgId: "\#(keystone)") }"#, id: "r7", role: "admin"
            ).errors.isEmpty)

        func entry(_ id: Int, _ action: String, _ request: String, _ role: String, _ file: TestFile? = nil) -> Entry {
            var entry = Entry(id: String(id), action: action, agreementIds: [agreement])
            (entry.userId, entry.role, entry.requestId) = (userID(server, role), role, request)
            entry.ipAddress = "127.0.0.1"
            guard let file else { return entry }
            entry.connectedOrgId = keystone
            (entry.fileName, entry.fileSize) = (file.suggestedName, file.bytes.count)
            entry.fileSha256 = server.row(file.bytes, "", with: "").fileSHA
            return entry
        }
        #expect(
            try await entries(server, count: 5) == [
                entry(1, "UPLOAD", "r1", "member", old), entry(2, "REPLACE", "r2", "member", new),
                entry(3, "DOWNLOAD", "r4", "viewer", new), entry(4, "URL_ISSUED", "r6", "viewer"),
                entry(5, "DELETE", "r7", "admin", new),
            ])
    }

    @Test(.server(storage: .directory, settings: ["ACCORD_MAX_FILE_BYTES": "5000"]))
    func `what a rule refuses is recorded, mistakes are not`() async throws {
        let server = try TestServer.current
        let (keystone, cobalt) = (
            try server.organization("Keystone Electric"), try server.organization("Cobalt Fasteners")
        )
        let delete = #"mutation { deleteAgreement(connectedOrgId: "\#(keystone)") }"#
        #expect(try await send(server, delete, id: "r1", role: "viewer").codes == ["FORBIDDEN"])
        #expect(try await send(server, delete, id: "r2").codes == ["AGREEMENT_NOT_FOUND"])
        #expect(try await upload(server, .pdf("a.pdf"), to: cobalt, id: "r3").codes == ["CONNECTION_NOT_ACCEPTED"])
        let text = TestFile("a.pdf", Array("no PDF".utf8))
        #expect(try await upload(server, text, to: keystone, id: "r4").codes == ["UNSUPPORTED_FILE_TYPE"])
        let large = TestFile.pdf("a.pdf", size: 5_001)
        #expect(try await upload(server, large, to: keystone, id: "r5").codes == ["FILE_TOO_LARGE"])
        // Before a byte of the form is read.
        #expect(try await upload(server, .pdf("a.pdf"), to: keystone, id: "r6", role: "viewer").codes == ["FORBIDDEN"])
        #expect(try await send(server, "{ auditLog { edges { cursor } } }", id: "r7").codes == ["FORBIDDEN"])
        let agreement = UUID().uuidString.lowercased()
        let download = try await server.client.get(
            "/agreements/\(agreement)/download",
            headers: [
                (name: "Authorization", value: "Bearer \(try server.token())"), (name: "X-Request-ID", value: "r8"),
            ])
        #expect(download.status == 404)
        // Nobody's: the token is good, the user isn't known.
        let stranger = try TestServer.token(
            subject: "user_x", organization: server.tenants.first.customer.tokenOrganization.description,
            role: "admin")
        #expect(try await server.client.graphQL("{ connections { id } }", token: stranger).codes == ["FORBIDDEN"])
        // Mistakes, and those that nobody's log could tell.
        for document in ["{", "{ nothing }", #"mutation { deleteAgreement(connectedOrgId: "x") }"#] {
            #expect(try await send(server, document, id: "mistake").errors.count == 1)
        }
        _ = try await server.client.graphQL("{ connections { id } }", token: nil)
        _ = try await server.client.graphQL("{ connections { id } }", token: "x")

        let entries = try await entries(server, count: 9)
        let told = entries.map { entry in
            [
                entry.requestId, entry.role, entry.errorCode, entry.field, entry.connectedOrgId,
                entry.agreementIds.first,
            ].map { $0 ?? "-" }.joined(separator: " ")
        }
        #expect(entries.allSatisfy { $0.action == "REFUSED" && $0.ipAddress == "127.0.0.1" })
        #expect(entries.dropLast().allSatisfy { $0.userId != nil })
        #expect(entries.last?.userId == nil)
        #expect(
            told.dropLast() == [
                "r1 viewer FORBIDDEN deleteAgreement \(keystone) -",
                "r2 member AGREEMENT_NOT_FOUND deleteAgreement \(keystone) -",
                "r3 member CONNECTION_NOT_ACCEPTED uploadAgreement \(cobalt) -",
                "r4 member UNSUPPORTED_FILE_TYPE uploadAgreement \(keystone) -",
                "r5 member FILE_TOO_LARGE uploadAgreement \(keystone) -",
                "r6 viewer FORBIDDEN - - -",
                "r7 member FORBIDDEN auditLog - -",
                "r8 member AGREEMENT_NOT_FOUND download - \(agreement)",
            ])
        #expect(told.last?.hasSuffix(" admin FORBIDDEN - - -") == true)
    }

    @Test(.server(storage: .directory, settings: ["ACCORD_TRUSTED_PROXIES": "127.0.0.0/8, 10.0.0.0/8"]))
    func `where a request comes from is what trusted proxies say`() async throws {
        let server = try TestServer.current
        let delete = #"mutation { deleteAgreement(connectedOrgId: "\#(UUID())") }"#
        let forwarded = ["X-Forwarded-For": "198.51.100.1, 203.0.113.9:4711, 10.1.2.3"]
        _ = try await send(server, delete, id: "r1", headers: forwarded)
        #expect(try await entries(server, count: 1).map(\.ipAddress) == ["203.0.113.9"])
        try await server.withAnother(settings: ["ACCORD_TRUSTED_PROXIES": "192.0.2.1"]) { server async throws in
            _ = try await send(server, delete, id: "r2", headers: forwarded)
            #expect(try await entries(server, count: 2).last?.ipAddress == "127.0.0.1")
        }
    }

    @Test(.server(storage: .directory, settings: ["ACCORD_RECOVERY_SECONDS": "1"]))
    func `a change that recovery finishes is told as its user's`() async throws {
        let server = try TestServer.current
        let keystone = try server.organization("Keystone Electric")
        let file = TestFile.pdf("a.pdf").bytes
        let row = server.row(file, "a.pdf", with: keystone)
        try await server.storage.put(file, at: row.key)
        try await TestCluster.shared.cluster.administer(
            [
                """
                INSERT INTO connect_pos.agreement_intents (id, connected_org_id, action, s3_key, file_name, file_size,
                    file_sha, created_by_id, role, request_id, ip_address)
                VALUES (gen_random_uuid(), '\(keystone)', 'put', '\(row.key)', 'a.pdf', \(file.count), '\(row.fileSHA)',
                    '\(row.createdByID)', 'admin', 'r1', '192.0.2.7')
                """
            ], in: server.tenants.first.database.name)
        let entry = try #require(try await entries(server, count: 1).first)
        let agreement = try #require(try await server.agreement(with: keystone, token: server.token()))
        #expect(
            entry
                == Entry(
                    id: "1", action: "UPLOAD", userId: row.createdByID, role: "admin", requestId: "r1",
                    ipAddress: "192.0.2.7", connectedOrgId: keystone, agreementIds: [agreement.id], fileName: "a.pdf",
                    fileSize: file.count, fileSha256: row.fileSHA))
    }

    @Test(.server(storage: .directory, settings: ["ACCORD_KEEP_VERSIONS": "3"]))
    func `an earlier version that comes back is told, also when it was deleted`() async throws {
        let server = try TestServer.current
        let keystone = try server.organization("Keystone Electric")
        let (old, new) = (TestFile.pdf("old.pdf", seed: 1), TestFile.pdf("new.pdf", seed: 2))
        for file in [old, new] { _ = try await upload(server, file, to: keystone, id: "r1").data(Uploaded.self) }
        let restore = "mutation { restoreAgreement(connectedOrgId: \"\(keystone)\", version: 1) { id } }"
        #expect(try await send(server, restore, id: "r2").errors.isEmpty)
        _ = try await server.delete(keystone, token: server.token())
        #expect(try await send(server, restore, id: "r3").errors.isEmpty)
        let never = "mutation { restoreAgreement(connectedOrgId: \"\(keystone)\", version: 9) { id } }"
        #expect(try await send(server, never, id: "r4").codes == ["AGREEMENT_NOT_FOUND"])
        let entries = try await entries(server, count: 6)
        #expect(
            entries.map { "\($0.action) \($0.fileName ?? "-") \($0.field ?? "-")" } == [
                "UPLOAD old.pdf -", "REPLACE new.pdf -", "RESTORE old.pdf -", "DELETE old.pdf -", "RESTORE old.pdf -",
                "REFUSED - restoreAgreement",
            ])
        #expect(entries[2].requestId == "r2")
    }

    // MARK: - When

    private static let links = "{ connections { agreement { presignedUrl } } }"

    @Test(.server(storage: .directory)) func `strictly, nothing is answered that is not recorded`() async throws {
        let server = try TestServer.current
        let keystone = try server.organization("Keystone Electric")
        let agreement = try await server.upload(.pdf("a.pdf"), to: keystone, token: server.token()).uploaded
        _ = try await entries(server, count: 2)
        try await server.withAnother(settings: ["ACCORD_AUDIT": "strict"]) { server async throws in
            #expect(try await send(server, Self.links, id: "r1").errors.isEmpty)
            #expect(try await page(server).edges.map(\.node.requestId).first == "r1")

            try await TestCluster.shared.cluster.administer(
                ["ALTER TABLE connect_pos.audit_entries RENAME TO gone"], in: server.tenants.first.database.name)
            let refused = try await send(server, Self.links, id: "r2")
            #expect(refused.codes == ["DATABASE_UNAVAILABLE"])
            #expect(refused.status == 503)
            #expect(!refused.text.contains("presignedUrl"))
            #expect(try await send(server, "{ connections { agreement { id } } }", id: "r3").errors.isEmpty)
            let download = try await server.client.get(
                "/agreements/\(agreement.id)/download",
                headers: [(name: "Authorization", value: "Bearer \(try server.token())")])
            #expect(download.status == 503)
            #expect(GraphQLAnswer(download).codes == ["DATABASE_UNAVAILABLE"])
        }
    }

    @Test(.server(storage: .directory)) func `what waits to be written is written when the server stops`() async throws
    {
        let server = try TestServer.current
        let keystone = try server.organization("Keystone Electric")
        _ = try await server.upload(.pdf("a.pdf"), to: keystone, token: server.token()).uploaded
        _ = try await entries(server, count: 2)
        try await server.withAnother(settings: [:]) { server async throws in
            #expect(try await send(server, Self.links, id: "r1").errors.isEmpty)
        }
        #expect(try await page(server).edges.map(\.node.requestId).first == "r1")
    }

    @Test(.server(storage: .directory)) func `without its table, changes are refused and reading goes on`() async throws
    {
        let server = try TestServer.current
        let keystone = try server.organization("Keystone Electric")
        let file = TestFile.pdf("a.pdf")
        _ = try await server.upload(file, to: keystone, token: server.token()).uploaded
        _ = try await entries(server, count: 2)
        let before = try await server.contents()
        try await TestCluster.shared.cluster.administer(
            ["ALTER TABLE connect_pos.audit_entries RENAME TO gone"], in: server.tenants.first.database.name)
        #expect(try await send(server, Self.links, id: "r1").errors.isEmpty)
        #expect(try await server.delete(keystone, token: server.token()).codes == ["DATABASE_UNAVAILABLE"])
        let other = try await server.newConnection()
        #expect(try await server.upload(file, to: other, token: server.token()).codes == ["DATABASE_UNAVAILABLE"])
        #expect(try await server.contents() == before)
        let skipped = #"accord_audit_entries_total{outcome="skipped"} 1"#
        while try await !String(decoding: server.client.get("/metrics").body, as: UTF8.self).contains(skipped) {
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    @Test(.server(storage: .directory)) func `what can't be written now is written when it can`() async throws {
        let server = try TestServer.current
        let database = server.tenants.first.database.name
        let cluster = try await TestCluster.shared.cluster
        try await cluster.administer([
            "ALTER DATABASE \"\(database)\" ALLOW_CONNECTIONS false",
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '\(database)'",
        ])
        // Refused before the tenant's database is asked.
        let delete = #"mutation { deleteAgreement(connectedOrgId: "\#(UUID())") }"#
        for id in ["r1", "r2"] {
            #expect(try await send(server, delete, id: id, role: "viewer").codes == ["FORBIDDEN"])
        }
        let waiting = "accord_audit_entries_waiting 2"
        while try await !String(decoding: server.client.get("/metrics").body, as: UTF8.self).contains(waiting) {
            try await Task.sleep(for: .milliseconds(20))
        }
        try await Task.sleep(for: .milliseconds(500))
        try await cluster.administer(["ALTER DATABASE \"\(database)\" ALLOW_CONNECTIONS true"])
        while try await send(server, "{ auditLog { pageInfo { endCursor } } }", id: "r3", role: "admin").errors.count
            > 0
        {
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(try await entries(server, count: 2).map(\.requestId) == ["r1", "r2"])
    }

    // MARK: - Reading

    @Test(.server(storage: .directory)) func `admins read it page by page`() async throws {
        let server = try TestServer.current
        #expect(
            try await page(server).pageInfo
                == Log.Connection.PageInfo(
                    hasNextPage: false, hasPreviousPage: false, startCursor: nil, endCursor: nil))
        let delete = #"mutation { deleteAgreement(connectedOrgId: "\#(UUID())") }"#
        for number in 1...5 { _ = try await send(server, delete, id: "r\(number)") }
        _ = try await entries(server, count: 5)
        var (found, cursor): ([String?], String?) = ([], nil)
        for expected in [
            (next: true, previous: false), (next: true, previous: true), (next: false, previous: true),
        ] {
            let after = cursor.map { #", after: "\#($0)""# } ?? ""
            let page = try await page(server, "(first: 2\(after), action: REFUSED)")
            found += page.edges.map(\.node.requestId)
            #expect(page.pageInfo.hasNextPage == expected.next)
            #expect(page.pageInfo.hasPreviousPage == expected.previous)
            #expect(page.pageInfo.startCursor == page.edges.first?.cursor)
            #expect(page.pageInfo.endCursor == page.edges.last?.cursor)
            cursor = page.pageInfo.endCursor
        }
        #expect(found == ["r5", "r4", "r3", "r2", "r1"])
        #expect(try await page(server, "(action: UPLOAD)").edges.isEmpty)

        // The other tenant's is another, and the system's operators may read theirs, too.
        let foreign = try await server.client.graphQL(
            "{ auditLog { edges { cursor } } }", token: server.token("super_admin", of: server.tenants.second))
        #expect(foreign.text == #"{"data":{"auditLog":{"edges":[]}}}"#)
        for role in ["viewer", "member"] {
            #expect(
                try await send(server, "{ auditLog { edges { cursor } } }", id: "x", role: role).codes == ["FORBIDDEN"])
        }
        for arguments in ["first: 0", "first: 201", "first: -1", #"after: """#, #"after: "x""#, #"after: "0""#] {
            let answer = try await send(
                server, "{ auditLog(\(arguments)) { edges { cursor } } }", id: "x", role: "admin")
            #expect(answer.codes == ["BAD_USER_INPUT"], "\(arguments)")
        }
    }

    // MARK: - Commands

    @Test(.server(storage: .directory)) func `the commands verify and export what is there`() async throws {
        let server = try TestServer.current
        let keystone = try server.organization("Keystone Electric")
        _ = try await server.upload(.pdf("a.pdf"), to: keystone, token: server.token()).uploaded
        _ = try await entries(server, count: 2)
        let (tenant, other) = (server.tenants.first.customer.url, server.tenants.second.customer.url)
        try await withPrivateFolder { folder async throws in
            let command = AccordCommand(environment: server.settings, folder: folder)
            let all = try await command.run("audit", "verify")
            #expect(all.status == 0)
            let lines = all.output.split(separator: "\n").sorted()
            let zero = String(repeating: "0", count: 64)
            #expect(lines.contains("\(other): 0 entries, whole: 0:\(zero)"))
            let head = try #require(
                all.output.firstMatch(
                    of: try Regex("\(tenant): 2 entries, whole: (2:[0-9a-f]{64})\n", as: (Substring, Substring).self)))
            let expect = String(head.output.1)
            #expect(try await command.run("audit", "verify", "--tenant", tenant, "--expect", expect).status == 0)
            let wrong = try await command.run("audit", "verify", "--tenant", tenant, "--expect", "2:\(zero)")
            #expect(wrong.output.hasPrefix("\(tenant): BROKEN: entry 2 is another one than expected."))
            #expect(wrong.status == 1)

            let export = try await command.run("audit", "export")
            #expect(export.status == 0)
            #expect(export.output.split(separator: "\n").count == 2)
            #expect(export.output.hasPrefix(#"{"tenant":"\#(tenant)","id":1,"recordedAt":""#))
            let rest = try await command.run("audit", "export", "--tenant", tenant, "--after", "1")
            #expect(rest.output == String(export.output.split(separator: "\n")[1]) + "\n")

            try await TestCluster.shared.cluster.administer(
                ["UPDATE connect_pos.audit_entries SET role = 'viewer' WHERE id = 1"],
                in: server.tenants.first.database.name)
            let broken = try await command.run("audit", "verify", "--tenant", tenant)
            #expect(broken.output == "\(tenant): BROKEN: entry 1 was changed. The last entry before that: 0:\(zero)\n")
            #expect(broken.status == 1)

            #expect(try await command.run("audit", "verify", "--tenant", "nobody").status == 64)
            #expect(try await command.run("audit", "verify", "--expect", expect).status == 64)
            #expect(try await command.run("audit", "verify", "--tenant", tenant, "--expect", "2").status == 64)
            #expect(try await command.run("audit", "export", "--after", "-1").status == 64)
        }
    }
}
