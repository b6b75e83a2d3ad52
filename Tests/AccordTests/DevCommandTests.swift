import AccordCore
import Curl
import Foundation
import PostgreSQL
import TestSupport
import Testing

@testable import AccordDevelopment

/// `accord dev` as a newcomer meets it: the built program, a PostgreSQL of its own, a folder that only its owner enters.
@Suite(.serialized, .timeLimit(.minutes(6)))
struct DevCommandTests {
    private static let query = "{ connections { id name connectionStatus agreement { fileName } } }"

    @Test func `a first start serves the demo and stops on SIGTERM, a second finds it again and stops on Ctrl-C`()
        async throws
    {
        try await withPrivateFolder { folder async throws in
            let command = AccordCommand(folder: folder)
            let first = try await DevServer.start(command, data: "data")
            var deleted = false
            do {
                try expectShape(ofReadyFile: first.readyFile)
                try await expectTokensWork(first)
                try await expectDatabasesWork(first)
                try await expectCommandsWork(first, in: folder)
                try await expectSecondStartIsRefused(command)
                let minted = try await command.run(
                    "token", "vera.lindqvist@brightwater.example", "--data", "data", "--lifetime", "60")
                #expect(minted.status == 0)
                let client = HTTPTestClient(url: first.ready.url)
                let token = minted.output.trimmingCharacters(in: .whitespacesAndNewlines)
                #expect(try await client.graphQL(Self.query, token: token).errors.isEmpty)
                let deletion = try await client.graphQL(Self.deletionAtHarborline(first), token: first.member?.token)
                deleted = deletion.text == #"{"data":{"deleteAgreement":true}}"#
                #expect(deleted)
            } catch {
                _ = await first.stop()
                throw error
            }
            let end = await first.stop()
            #expect(end.status == 0)
            #expect(end.time < .seconds(20))
            // PostgreSQL was stopped in order: one that was not leaves this file.
            let process = "\(folder)/data/postgresql/data/postmaster.pid"
            #expect(!FileManager.default.fileExists(atPath: process))

            let second = try await DevServer.start(command, data: "data")
            let client = HTTPTestClient(url: second.ready.url)
            // A token of the first start's is as good as ever, and what was deleted stays so.
            let answer = try await client.graphQL(Self.query, token: first.member?.token)
            let again = await second.stop(by: SIGINT)
            #expect(answer.errors.isEmpty)
            #expect(answer.text.contains("Summit Lighting – supply terms.pdf"))
            #expect(!answer.text.contains("Distribution Agreement 2026.pdf"))
            #expect(second.ready.centralDatabaseURL == first.ready.centralDatabaseURL)
            #expect(again.status == 0)
        }
    }

    @Test func `alone in another folder the program runs, is killed, and recovers`() async throws {
        try await withPrivateFolder { folder async throws in
            let program = "\(folder)/accord"
            try FileManager.default.copyItem(atPath: AccordCommand.path, toPath: program)
            let command = AccordCommand(program: program, folder: folder)
            let killed = try await DevServer.start(command, data: "deep/below/data")
            killed.process.send(SIGKILL)
            _ = await killed.process.waitForEnd()

            // At once, while its PostgreSQL may still be running.
            let successor = try await DevServer.start(command, data: "deep/below/data")
            let client = HTTPTestClient(url: successor.ready.url)
            let answer = try await client.graphQL(Self.query, token: killed.member?.token)
            let page = try await client.get("/graphql", headers: [(name: "Accept", value: "text/html")])
            let end = await successor.stop()
            #expect(answer.errors.isEmpty)
            #expect(answer.text.contains("Distribution Agreement 2026.pdf"))
            #expect(page.status == 200)
            #expect(end.status == 0)
        }
    }

    @Test(.enabled(if: S3Server.isInstalled, "\(S3Server.missing)"))
    func `with --storage s3 the demo's files are in the bucket that the settings name`() async throws {
        let storage = try await TestStorage.make(.s3, in: "")
        try await withPrivateFolder { folder in
            let command = AccordCommand(environment: storage.settings, folder: folder)
            let server = try await DevServer.start(command, data: "data", "--storage", "s3")
            let keys = try await storage.keys()
            let client = HTTPTestClient(url: server.ready.url)
            let answer = try await client.graphQL(
                "{ connections { agreement { presignedUrl } } }", token: server.member?.token)
            let link = answer.text.firstMatch(of: #/"presignedUrl":"([^"]+)"/#).map { String($0.1) } ?? ""
            let download = try await client.get(link)
            let end = await server.stop()
            #expect(
                keys.map { String($0.split(separator: "/").last ?? "") }.sorted() == [
                    "Distribution Agreement 2026.pdf", "Keystone framework agreement.pdf", "Meridian_pricing_annex.pdf",
                    "Summit Lighting – supply terms.pdf",
                ])
            #expect(link.contains("X-Amz-Signature="))
            #expect(download.status == 200)
            #expect(download.body.starts(with: Array("%PDF-".utf8)))
            #expect(end.status == 0)
        }
    }

    /// A process of its own, since only there every open file is the upload's.
    @Test func `an upload that is cut off leaves neither row nor object nor temporary file`() async throws {
        try await withPrivateFolder { folder async throws in
            let server = try await DevServer.start(AccordCommand(folder: folder), data: "data")
            let objects = "\(folder)/data/agreements"
            do {
                let before = try FileManager.default.subpathsOfDirectory(atPath: objects).sorted()
                let keystone = "9133da7c-3b98-4673-91dc-0dc58cc8740c"
                let body = MultipartBody.upload(
                    operations: TestServer.uploadOperations(keystone), fileName: #"filename="agreement.pdf""#,
                    TestFile.pdf("", size: 2_000_000).bytes)
                let head = """
                    POST /graphql HTTP/1.1\r
                    Host: 127.0.0.1\r
                    Authorization: Bearer \(server.member?.token ?? "")\r
                    Content-Type: \(body.contentType)\r
                    Content-Length: \(body.bytes.count)\r\n\r\n
                    """
                let exchange = try RawExchange(
                    with: server.ready.url, [.send(Array(head.utf8)), .send(Array(body.bytes.prefix(1_500_000)))])
                try await exchange.abandon {
                    try await waitUntil { temporaryFiles(of: server.process.identifier) > 0 }
                }
                try await waitUntil { temporaryFiles(of: server.process.identifier) == 0 }
                #expect(try FileManager.default.subpathsOfDirectory(atPath: objects).sorted() == before)
                let client = HTTPTestClient(url: server.ready.url)
                let shown = try await client.graphQL(Self.query, token: server.member?.token)
                #expect(!shown.text.contains(#""agreement.pdf""#))
            } catch {
                _ = await server.stop()
                throw error
            }
            #expect(await server.stop().status == 0)
        }
    }

    // MARK: - The parts of a first start

    /// The keys that scripts and front ends rely on.
    private func expectShape(ofReadyFile path: String) throws {
        let content = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path)))
        #expect(
            Self.shape(of: content) == """
                {centralDatabaseURL,graphqlURL,processId,tenants:[{connections:[{name,orgId,status}],databaseURL,name,\
                orgId,organizationId,url,users:[{email,role,token}]}],url}
                """)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    /// The keys of JSON, sorted; of a list, those of its first element.
    private static func shape(of value: Any) -> String {
        if let object = value as? [String: Any] {
            let members = object.sorted { $0.key < $1.key }.map { key, value in
                let shape = shape(of: value)
                return shape.isEmpty ? key : "\(key):\(shape)"
            }
            return "{\(members.joined(separator: ","))}"
        }
        if let list = value as? [Any] { return "[\(list.first.map { shape(of: $0) } ?? "")]" }
        return ""
    }

    private func expectTokensWork(_ server: DevServer) async throws {
        let ready = server.ready
        #expect(ready.processId == server.process.identifier)
        #expect(ready.graphqlURL == "\(ready.url)/graphql")
        #expect(ready.tenants.map(\.users.count) == [4, 4])
        let client = HTTPTestClient(url: ready.url)
        struct Data: Decodable {
            struct Connection: Decodable {
                let id: String
                let name: String
                let connectionStatus: String
            }
            let connections: [Connection]
        }
        for tenant in ready.tenants {
            for user in tenant.users {
                let answer = try await client.graphQL(Self.query, token: user.token)
                let found = try answer.data(Data.self).connections.map {
                    ReadyFile.Connection(orgId: $0.id, name: $0.name, status: $0.connectionStatus)
                }
                #expect(found == tenant.connections)
            }
        }
    }

    private func expectDatabasesWork(_ server: DevServer) async throws {
        let pool = PostgreSQLPool(configuration: PostgreSQLPoolConfiguration(maximumConnections: 1), logger: .quiet)
        for url in [server.ready.centralDatabaseURL] + server.ready.tenants.map(\.databaseURL) {
            let attributes = try await pool.withConnection(to: try PostgreSQLEndpoint(url: url)) { connection in
                let rows = try await connection.query(
                    "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user", [])
                return try rows.first?.decode(Bool.self, 0)
            }
            #expect(attributes == false)
        }
        await pool.close()
    }

    /// The three commands that are printed, pasted into a shell.
    private func expectCommandsWork(_ server: DevServer, in folder: String) async throws {
        let output = try server.output
        #expect(output.contains(server.ready.graphqlURL))
        for user in server.ready.tenants.flatMap(\.users) {
            #expect(output.contains(user.email))
            #expect(output.contains(user.token))
        }
        let commands = output.split(separator: "\n").filter { $0.contains("curl ") }
        try #require(commands.count == 3)
        var answers: [GraphQLAnswer] = []
        for command in commands {
            let words = ["sh", "-c", String(command)]
            let answer = try await ChildProcess.run(ChildProcess.Command(words: words, directory: folder))
            answers.append(GraphQLAnswer(status: 200, body: Array(answer.utf8)))
        }
        #expect(answers.flatMap(\.codes) == [])
        #expect(answers[0].text.contains("Keystone Electric"))
        #expect(answers[1].text.hasPrefix(#"{"data":{"uploadAgreement":{"id":"#))
        #expect(answers[2].text == #"{"data":{"deleteAgreement":true}}"#)
    }

    private func expectSecondStartIsRefused(_ command: AccordCommand) async throws {
        let second = try await command.run("dev", "--port", "0", "--data", "data")
        #expect(second.status != 0)
        #expect(second.output.contains("Another accord dev is using"))
    }

    private static func deletionAtHarborline(_ server: DevServer) -> String {
        let harborline = server.ready.tenants.first?.connections.first { $0.name == "Harborline Supply" }?.orgId ?? ""
        return #"mutation { deleteAgreement(connectedOrgId: "\#(harborline)") }"#
    }

    // MARK: - Another process's files

    /// How many temporary files without a name a process has open.
    private func temporaryFiles(of process: Int32) -> Int {
        let folder = "/proc/\(process)/fd"
        let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return descriptors.count { descriptor in
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(descriptor)")
            return target?.hasPrefix("/tmp/") == true && target?.hasSuffix("(deleted)") == true
        }
    }

    /// Waits until it is so, for up to a minute.
    private func waitUntil(_ isSo: () -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while !isSo() {
            try #require(ContinuousClock.now < deadline)
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
