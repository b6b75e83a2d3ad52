import AccordDevelopment
import Curl
import Foundation
import PostgreSQL
import TestSupport
import Testing

/// Passwords of databases that stand in no address: libpq finds them in a file, or in the environment.
@Suite(.serialized, .timeLimit(.minutes(4)))
struct PasswordTests {
    private static let query = "{ connections { agreement { id } } }"

    /// The addresses of the server's databases without their passwords, in settings and rows.
    private func takePasswordsAway(_ server: TestServer) async throws -> [String: String] {
        try await server.tenants.central.execute(
            "UPDATE public.tenants SET database_url = replace(database_url, ':application@', '@')")
        let url = server.tenants.central.url
        #expect(url.contains(":application@"))
        return ["ACCORD_DATABASE_URL": url.replacing(":application@", with: "@")]
    }

    @Test(.server(storage: .directory))
    func `passwords are read from a file, which may change while the server runs`() async throws {
        let server = try TestServer.current
        let token = try server.token()
        var settings = try await takePasswordsAway(server)
        try await withPrivateFolder { folder async throws in
            let file = "\(folder)/passwords"
            func write(_ password: String, mode: Int = 0o600) throws {
                try Data("127.0.0.1:*:*:accord_app:\(password)\n".utf8).write(to: URL(filePath: file))
                try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
            }
            try write("application")
            settings["PGPASSFILE"] = file
            let process = try await ServeProcess.start(like: server, settings: settings, in: folder)
            let client = HTTPTestClient(url: process.url)
            #expect(try await client.graphQL(Self.query, token: token).errors.isEmpty)

            for (password, mode) in [("s3cret-and-wrong", 0o600), ("application", 0o644)] {
                try write(password, mode: mode)
                try await cutConnections(of: server)
                #expect(try await client.graphQL(Self.query, token: token).codes.first == "DATABASE_UNAVAILABLE")
            }
            try write("application")
            #expect(try await client.graphQL(Self.query, token: token).errors.isEmpty)
            #expect(await process.stop() == 0)
            let log = try String(contentsOfFile: process.log, encoding: .utf8)
            #expect(log.contains("password authentication failed") && log.contains("group or world access"))
            #expect(!log.contains("s3cret"))
        }
    }

    @Test(.server(storage: .directory))
    func `one password for all comes from the environment`() async throws {
        let server = try TestServer.current
        let settings = try await takePasswordsAway(server)
        try await withPrivateFolder { folder async throws in
            for (password, isRight) in [("application", true), ("s3cret-and-wrong", false)] {
                let process = try await ServeProcess.start(
                    like: server, settings: settings.merging(["PGPASSWORD": password]) { $1 }, in: folder)
                let answer = try await HTTPTestClient(url: process.url).graphQL(Self.query, token: server.token())
                #expect(answer.codes == (isRight ? [] : ["DATABASE_UNAVAILABLE"]))
                #expect(await process.stop() == 0)
                #expect(try !String(contentsOfFile: process.log, encoding: .utf8).contains("s3cret"))
            }
        }
    }

    private func cutConnections(of server: TestServer) async throws {
        let cluster = try await TestCluster.shared.cluster
        let tenant = server.tenants.first.database.name
        try await cluster.administer([
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '\(tenant)'"
        ])
    }
}
