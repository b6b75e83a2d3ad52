import Curl
import Foundation
import TestSupport
import Testing

@testable import AccordDevelopment

/// The other commands: what they say, how they end, and a production server from migration to stop.
@Suite(.serialized, .timeLimit(.minutes(4)))
struct CommandTests {
    @Test func `help is given without complaint`() async throws {
        try await withPrivateFolder { folder async throws in
            let command = AccordCommand(folder: folder)
            let help = try await command.run("--help")
            #expect(help.status == 0)
            for name in ["serve", "doctor", "migrate", "tenant", "schema", "dev", "token", "graphql"] {
                #expect(help.output.contains("\n  \(name) "))
                #expect(try await command.run(name, "--help").status == 0)
            }
        }
    }

    @Test func `the end of a process runs nothing that libraries have left for it`() async throws {
        try await withPrivateFolder { folder async throws in
            // OpenSSL's, for one, frees what threads that still run use. The loader tells what it runs.
            let command = AccordCommand(environment: ["LD_DEBUG": "files"], folder: folder)
            for arguments in [["schema"], ["schema", "nonsense"]] {
                let output = try await command.run(arguments).output
                #expect(output.contains(/calling init: .*libcrypto/))
                #expect(!output.contains("calling fini: "))
            }
        }
    }

    @Test func `serve without settings lists all that is missing and fails`() async throws {
        try await withPrivateFolder { folder async throws in
            let serve = try await AccordCommand(folder: folder).run("serve", "--port", "99999")
            #expect(serve.status != 0)
            #expect(
                serve.output.contains(
                    """
                      - ACCORD_PORT must be a whole number from 0 to 65535, not "99999".
                      - ACCORD_DATABASE_URL is missing: the URL of the central database.
                      - ACCORD_JWKS_URL or ACCORD_JWKS_FILE is missing: the keys that tokens are verified against.
                      - AWS_ACCESS_KEY_ID is missing: the access key of the S3 storage.
                      - AWS_SECRET_ACCESS_KEY is missing: the secret key of the S3 storage.
                    """))
        }
    }

    @Test func `an environment file that was named must be there`() async throws {
        try await withPrivateFolder { folder async throws in
            let serve = try await AccordCommand(folder: folder).run("serve", "--env-file", "missing.env")
            #expect(serve.status != 0)
            #expect(serve.output.contains("missing.env"))
        }
    }

    @Test func `a token of a folder without keys is refused with what to do`() async throws {
        try await withPrivateFolder { folder async throws in
            let token = try await AccordCommand(folder: folder).run("token", "vera.lindqvist@brightwater.example")
            #expect(token.status != 0)
            #expect(token.output.contains("Run accord dev first."))
        }
    }

    @Test func `an empty database is migrated and served, with settings from a file, the environment and flags`()
        async throws
    {
        let central = try await TestDatabase.empty()
        try await withPrivateFolder { folder async throws in
            try Data(try TestServer.jwks.utf8).write(to: URL(filePath: "\(folder)/jwks.json"))
            // What the environment says already, the file doesn't change.
            try Data(
                """
                ACCORD_DATABASE_URL=\(central.url)
                ACCORD_MIGRATION_DATABASE_URL=\(central.ownerURL)
                ACCORD_JWKS_FILE=\(folder)/jwks.json
                ACCORD_STORAGE=floppy
                ACCORD_STORAGE_DIRECTORY=\(folder)/objects
                ACCORD_STORAGE_SECRET=signs the links of a server under test
                ACCORD_PORT=1

                """.utf8
            ).write(to: URL(filePath: "\(folder)/.env"))
            let command = AccordCommand(environment: ["ACCORD_STORAGE": "directory"], folder: folder)

            let migration = try await command.run("migrate")
            #expect(migration.status == 0)
            #expect(
                migration.output == """
                    central: applied 0001_tenants, 0002_subscription, 0003_row_level_security, \
                    0004_tenant_notifications, 0005_user_notifications
                    1 database: 1 migrated, 0 up to date, 0 failed.

                    """)
            let again = try await command.run("migrate")
            #expect(again.status == 0)
            #expect(
                again.output == """
                    central: up to date (0005)
                    1 database: 0 migrated, 1 up to date, 0 failed.

                    """)

            // What the role lacks, and what was changed by hand, is in each report.
            try await TestCluster.shared.cluster.administer(
                [
                    "REVOKE SELECT ON subscription.users FROM accord_app",
                    "ALTER TABLE public.tenants ADD COLUMN note text",
                ],
                in: central.name)
            let incomplete = try await command.run("migrate", "status")
            #expect(incomplete.status == 1)
            #expect(
                incomplete.output == """
                    central: up to date (0005_user_notifications); the role accord_app lacks SELECT on \
                    subscription.users: run accord migrate; its tables were changed by hand since

                    """)
            let plan = try await command.run("migrate", "plan").output
            #expect(plan.hasPrefix("-- central: in one transaction (tables were changed by hand)\n"))
            #expect(plan.contains("\nGRANT SELECT ON TABLE subscription.users TO \"accord_app\";\n"))
            try await TestCluster.shared.cluster.administer(
                ["ALTER TABLE public.tenants DROP COLUMN note"], in: central.name)
            #expect(
                try await command.run("migrate").output.hasPrefix(
                    "central: up to date (0005); the privileges of the server's role were put right\n"))

            let log = "\(folder)/serve.log"
            let process = try await command.start(["serve", "--port", "0"], log: log)
            let url = try await addressLogged(in: log) { process.hasEnded }
            let client = HTTPTestClient(url: url)
            let ready = try await client.settledAnswer(status: 200)
            let stranger = try await client.graphQL(
                "{ connections { name } }", token: TestServer.token(subject: "user", organization: "org_01"))
            process.send(SIGTERM)
            let status = await process.waitForEnd()
            #expect(ready.status == 200)
            #expect(stranger.codes == ["TENANT_NOT_FOUND"])
            #expect(status == 0)
        }
        try await central.drop()
    }

    @Test func `the databases' versions are shown and planned, and production is not migrated unasked`() async throws {
        let central = try await TestDatabase.empty()
        try await withPrivateFolder { folder async throws in
            let settings = "ACCORD_DATABASE_URL=\(central.ownerURL)\n"
            try Data(settings.utf8).write(to: URL(filePath: "\(folder)/.env.prod"))
            let command = AccordCommand(folder: folder)

            let behind = try await command.run("migrate", "status", "--env", "prod")
            #expect(behind.status == 1)
            #expect(
                behind.output == """
                    central: lacks 0001_tenants, 0002_subscription, 0003_row_level_security, \
                    0004_tenant_notifications, 0005_user_notifications

                    """)

            for arguments in [["migrate", "plan", "--env", "prod"], ["migrate", "--dry-run", "--env", "prod"]] {
                let plan = try await command.run(arguments)
                #expect(plan.status == 0)
                #expect(plan.output.hasPrefix("-- central: in one transaction\n-- 0001_tenants\n"))
                #expect(plan.output.contains("CREATE TABLE IF NOT EXISTS subscription.connections"))
            }
            #expect(try await command.run("migrate", "status", "--env", "prod").status == 1)

            let unasked = try await command.run("migrate", "--env", "prod")
            #expect(unasked.status != 0)
            #expect(unasked.output.contains("add --yes"))
            let refused = try await command.typing("no", "migrate", "--env", "prod")
            #expect(refused.status == 1)
            #expect(refused.output.contains("Nothing was done."))
            #expect(try await command.run("migrate", "status", "--env", "prod").status == 1)
            let confirmed = try await command.typing("prod", "migrate", "--env", "prod")
            #expect(confirmed.status == 0)
            // At a terminal a count goes up.
            #expect(confirmed.output.contains("1 of 1 database\r\n1 database: 1 migrated, 0 up to date, 0 failed."))
            #expect(try await command.run("migrate", "--env", "prod", "--yes").status == 0)

            let status = try await command.run("migrate", "status", "--env", "prod")
            #expect(status.status == 0)
            #expect(status.output == "central: up to date (0005_user_notifications)\n")
            let history = try await command.run("migrate", "history", "--env", "prod")
            #expect(history.output.contains(#/central: 0001_tenants, \d{4}-\d\d-\d\dT[\d:]+Z, by \w+, \d+ ms\n/#))
            let unknown = try await command.run("migrate", "--env", "prod", "--yes", "--tenant", "nobody")
            #expect(unknown.status == 1)
            #expect(unknown.output.contains("There is no active tenant with the url nobody."))
        }
        try await central.drop()
    }

    @Test func `migrations are checked and described without any setting`() async throws {
        try await withPrivateFolder { folder async throws in
            let command = AccordCommand(folder: folder)
            let own = try await command.run("migrate", "lint")
            #expect(own.status == 0)
            #expect(own.output == "0 found.\n")

            for name in ["central", "tenant"] {
                try FileManager.default.createDirectory(
                    atPath: "\(folder)/migrations/\(name)", withIntermediateDirectories: true)
            }
            try Data("CREATE SCHEMA connect_pos; CREATE TABLE connect_pos.note (id uuid);".utf8)
                .write(to: URL(filePath: "\(folder)/migrations/tenant/0001_notes.sql"))
            let faulty = try await command.run("migrate", "lint", "--folder", "migrations")
            #expect(faulty.status == 1)
            #expect(
                faulty.output == """
                    tenant/0001_notes: primary-key: connect_pos.note has no primary key
                    tenant/0001_notes: names: connect_pos.note is not in the plural
                    2 found.

                    """)
            let missing = try await command.run("migrate", "lint", "--folder", "nowhere")
            #expect(missing.status != 0)
            #expect(missing.output.contains("The migrations in nowhere/central can't be read."))

            let unwritable = try await command.run("schema", "doc", "--output", "\(folder)/none/schema.md")
            #expect(unwritable.status != 0)
            #expect(unwritable.output.contains("/none/schema.md can't be written: "))
            #expect(!unwritable.output.contains("NSError"))
            #expect(try await command.run("schema", "doc", "--output", "schema.md").status == 0)
            #expect(try String(contentsOfFile: "\(folder)/schema.md", encoding: .utf8).hasPrefix("# Schema\n"))
        }
    }
}
