import Foundation
import TestSupport
import Testing

@testable import AccordDevelopment

/// `accord tenant`, from the first to the last of a tenant's life.
@Suite(.serialized, .timeLimit(.minutes(4)))
struct TenantCommandTests {
    /// A migrated central database, a command that may make databases and roles but is no superuser, and a name that no
    /// other test has. The command reaches the server by another name than the application does.
    private func withCommand(
        _ body: (_ command: AccordCommand, _ url: String, _ create: [String]) async throws -> Void
    ) async throws {
        let central = try await TestDatabase.empty()
        let cluster = try await TestCluster.shared.cluster
        let unique = "t\(UUID().uuidString.lowercased().prefix(8))"
        try await withPrivateFolder { folder async throws in
            let migrating = try await TestCluster.administratorURL(database: central.name)
            let command = AccordCommand(
                environment: [
                    "ACCORD_DATABASE_URL": central.url,
                    "ACCORD_MIGRATION_DATABASE_URL": migrating.replacing("@127.0.0.1", with: "@localhost"),
                ], folder: folder)
            #expect(try await command.run("migrate").status == 0)
            try await body(
                command, unique,
                ["tenant", "create", "--org-id", "org_01\(unique)", "--url", unique, "--name", "Acme & Sons"])
        }
        let names = "SELECT rolname FROM pg_roles WHERE rolname LIKE 'tenant_\(unique)%'"
        for name in try await cluster.administer([names]).split(separator: "\n") {
            try await cluster.dropDatabase(String(name))
            try await cluster.administer(["DROP ROLE \"\(name)\""])
        }
        try await central.drop()
    }

    @Test func `a tenant is made, listed, shown, stopped, started and deleted`() async throws {
        try await withCommand { command, url, create in
            let made = try await command.run(create)
            #expect(made.status == 0)
            let database = try #require(made.output.firstMatch(of: #/making the database (\S+)/#)?.output.1)
            #expect(database.wholeMatch(of: #/tenant_t\w{8}_[0-9a-f]{8}/#) != nil)
            #expect(made.output.hasSuffix("/\(database)\n"))
            let again = try await command.run(create).output
            #expect(again.contains("\(url) was there already: active, called Acme & Sons, at postgresql://"))

            let line = "\(url)\torg_01\(url)\tactive\t0004\tAcme & Sons\n"
            #expect(try await command.run("tenant", "list").output == line)
            let shown = try await command.run("tenant", "show", url).output
            #expect(shown.contains("state:        active\n"))
            #expect(!shown.contains(":@") && !shown.contains("password"))
            #expect(try await command.run("migrate").output.contains("\(url): up to date (0004)\n"))

            let refused = try await command.run("tenant", "drop", url, "--force")
            #expect(refused.status != 0)
            #expect(refused.output.contains("run accord tenant deactivate \(url) first"))

            #expect(try await command.run("tenant", "deactivate", url).status == 0)
            #expect(try await command.run("tenant", "list").output.contains("\tinactive\t"))
            #expect(try await command.run("tenant", "activate", url).status == 0)
            #expect(try await command.run("tenant", "deactivate", url).status == 0)

            for answer in ["", "Acme & Sons"] {
                let kept = try await command.answering(answer, "tenant", "drop", url)
                #expect(kept.status != 0)
                #expect(kept.output.contains("Nothing was deleted."))
            }
            #expect(try await command.run("tenant", "list").output.hasPrefix(url))
            let dropped = try await command.answering(url, "tenant", "drop", url)
            #expect(dropped.status == 0)
            #expect(dropped.output.hasSuffix("\(url) is deleted.\n"))
            #expect(try await command.run("tenant", "list").output == "")
            #expect(try await TestCluster.shared.cluster.hasDatabase(String(database)) == false)
            let unknown = try await command.run("tenant", "show", url)
            #expect(unknown.status != 0)
            #expect(unknown.output.contains("There is no tenant with the url \(url)."))
        }
    }

    @Test func `a create that is killed at every step is completed in the end`() async throws {
        try await withCommand { command, url, create in
            for step in ["making the role", "making the database", "migrating the database", "registering"] {
                let log = "\(command.folder)/\(step).log"
                let process = try await command.start(create, log: log)
                while !process.hasEnded, try !String(contentsOfFile: log, encoding: .utf8).contains(step) {
                    try await Task.sleep(for: .milliseconds(2))
                }
                process.send(SIGKILL)
                _ = await process.waitForEnd()
            }
            let last = try await command.run(create)
            #expect(last.status == 0)
            #expect(try await command.run("tenant", "list").output.split(separator: "\n").count == 1)
            let status = try await command.run("migrate", "status", "--tenant", url)
            #expect(status.output == "\(url): up to date (0004_audit_log)\n")
        }
    }

    @Test func `a tenant's password is kept in a file instead of its row`() async throws {
        try await withCommand { command, url, create in
            let (cluster, file) = (try await TestCluster.shared.cluster, "\(command.folder)/passwords")
            let create = create + ["--passfile", file]
            let central = try #require(command.environment["ACCORD_DATABASE_URL"]?.split(separator: "/").last)
            #expect(try await command.run(create).status == 0)
            let lines = try String(contentsOfFile: file, encoding: .utf8)
            let name = try #require(
                lines.wholeMatch(of: #/127\.0\.0\.1:\d+:(tenant_\w+):(tenant_\w+):[0-9a-f]{64}\n/#)?.1)
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let address = try await cluster.administer(
                ["SELECT database_url FROM tenants WHERE url = '\(url)'"], in: String(central))
            let expected = "postgresql://\(name)@127.0.0.1:\(cluster.port)/\(name)\n"
            #expect(address == expected)
            #expect(try await command.run("migrate").status == 0)

            // As if it had been killed before the row was there: the file's password goes on.
            try await cluster.administer(["DELETE FROM tenants"], in: String(central))
            #expect(try await command.run(create).status == 0)
            #expect(try String(contentsOfFile: file, encoding: .utf8) == lines)
            let psql = try await ChildProcess.run(
                ChildProcess.Command(
                    words: ["psql", "-XAt", "-c", "SELECT current_user", String(address.dropLast())],
                    environment: ["PGPASSFILE": file]))
            #expect(psql == "\(name)\n")

            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file)
            try await cluster.administer(["DELETE FROM tenants"], in: String(central))
            let refused = try await command.run(create)
            #expect(refused.status != 0)
            #expect(refused.output.contains("libpq passes over a file that others than its owner may read"))
            let both = try await command.run(create + ["--database-url", "postgresql://127.0.0.1/x"])
            #expect(both.status != 0)
        }
    }

    @Test func `what is malformed is refused before anything is made`() async throws {
        try await withPrivateFolder { folder async throws in
            let refused = try await AccordCommand(folder: folder).run(
                "tenant", "create", "--org-id", "9133da7c-3b98-4673-91dc-0dc58cc8740c", "--url", "acme", "--name",
                "Acme")
            #expect(refused.status != 0)
            #expect(refused.output.contains("The identity provider's id looks like org_01H…"))
        }
    }
}

extension AccordCommand {
    /// Runs a command with a line as its standard input.
    func answering(_ line: String, _ arguments: String...) async throws -> (status: Int32, output: String) {
        var shell = self
        shell.program = "/bin/sh"
        return try await shell.run(
            ["-c", #"line=$1; shift; printf '%s\n' "$line" | "$@""#, "sh", line, program] + arguments)
    }

    /// Runs a command at a terminal of its own, at which a line is typed.
    func typing(_ line: String, _ arguments: String...) async throws -> (status: Int32, output: String) {
        let words = ([program] + arguments).joined(separator: " ")
        var shell = self
        shell.program = "/bin/sh"
        return try await shell.run(
            ["-c", #"printf '%s\n' "$1" | script -q -e -c "$2" /dev/null"#, "sh", line, words])
    }
}
