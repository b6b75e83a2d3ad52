import AccordDevelopment
import Foundation
import TestSupport
import Testing

@testable import AccordServer

/// `accord doctor`, run on installations with one fault each, and with none.
@Suite(.serialized, .timeLimit(.minutes(5)), .enabled(if: S3Server.isInstalled, Comment(rawValue: S3Server.missing)))
struct DoctorCommandTests {
    @Test(arguments: DoctorFault.all)
    func `a fault is found, by its check and no other, with what mends it`(_ fault: DoctorFault) async throws {
        try await expectFound(fault)
    }

    @Test(
        .enabled("mounts can't be made here") { try await Program.run("unshare", ["-m", "true"]).status == 0 },
        arguments: DoctorFault.fullDisks)
    func `a disk that is nearly full is found`(_ fault: DoctorFault) async throws {
        try await expectFound(fault)
    }

    private func expectFound(_ fault: DoctorFault) async throws {
        try await DoctorScene.with(storage: fault.storage) { scene async throws in
            try await fault.plant(&scene)
            let expected = [fault.check] + fault.also
            let run = try await scene.run {
                $0.status == 1 && $0.report.findings.map(\.check) == expected && $0.time < .seconds(5)
            }
            #expect(run.status == 1)
            #expect(!run.report.ok)
            #expect(run.report.findings.map(\.check) == expected, "\(run.output)")
            #expect(run.report.findings.first?.remedy.contains(fault.remedy) == true, "\(run.output)")
            #expect(run.report.findings.allSatisfy { !$0.problem.isEmpty && !$0.why.isEmpty })
            #expect(run.time < .seconds(5))
            for secret in ["hidden-secret", ":application@", scene.tenants.central.url] {
                #expect(!run.output.contains(secret))
            }
            #expect(try await scene.storage.keys().filter { $0.contains("doctor") } == [])
        }
    }

    @Test(arguments: TestStorage.Kind.allCases)
    func `nothing is found where nothing is wrong, and nothing is changed`(_ kind: TestStorage.Kind) async throws {
        try await DoctorScene.with(storage: kind) { scene async throws in
            let run = try await scene.run { $0.status == 0 }
            #expect(run.status == 0, "\(run.output)")
            #expect(run.report.ok)
            #expect(run.report.findings.isEmpty)
            #expect(run.report.checks.map(\.check) == Check.allCases.map(\.rawValue))
            #expect(run.report.checks.allSatisfy { $0.status == "passed" })
            #expect(run.report.checks.contains { $0.text.contains("2 of 2 tenants' databases") })
            #expect(try await scene.storage.keys() == [])
            let left = try FileManager.default.subpathsOfDirectory(atPath: scene.folder)
            #expect(!left.contains { $0.contains(".incoming") })
        }
    }

    @Test func `people read a line for each check, and what mends what`() async throws {
        try await DoctorScene.with(storage: .directory) { scene async throws in
            let well = try await repeated({ try await scene.text() }, until: { $0.status == 0 })
            #expect(well.status == 0)
            #expect(well.output.hasSuffix("\n\nAll is well.\n"))
            #expect(well.output.split(separator: "\n").count == Check.allCases.count + 1)

            scene.settings["ACCORD_DATABASE_URL"] = "postgresql://u:hidden-secret@127.0.0.1:9/accord"
            let ill = try await scene.text()
            #expect(ill.status == 1)
            #expect(ill.output.contains("\nrole         not checked, since a database can't be used\n"))
            #expect(
                ill.output.contains(
                    "\ndatabase: The central database, postgresql://u@127.0.0.1:9/accord, can't be used: "))
            #expect(
                ill.output.contains(
                    "\n    mend: Start PostgreSQL there, or correct the host and the port in ACCORD_DATABASE_URL."))
        }
    }

    @Test func `a server that runs at the port already is no fault`() async throws {
        try await TestServer.withNew(storage: .directory) { server async throws in
            try await withPrivateFolder { folder async throws in
                var settings = server.settings
                settings["ACCORD_PORT"] = server.url.split(separator: ":").last.map(String.init)
                let command = AccordCommand(environment: settings, folder: folder)
                let run = try await repeated({ try await command.run("doctor") }, until: { $0.status == 0 })
                #expect(run.status == 0, "\(run.output)")
                #expect(run.output.contains("Accord listens at 127.0.0.1:"))
            }
        }
    }

    @Test func `thousands of tenants are answered for within five seconds`() async throws {
        try await DoctorScene.with(storage: .directory) { scene async throws in
            try await scene.administer(
                """
                INSERT INTO public.tenants (id, org_id, url, name, database_url, is_active, schema_version)
                SELECT gen_random_uuid(), 'org_' || n, 't' || n, 'T', '\(scene.tenants.first.database.url)', true, '0004'
                FROM generate_series(1, 1000) AS n
                """,
                "UPDATE public.tenants SET schema_version = '0000' WHERE url IN ('t500', 't501')",
                "UPDATE public.tenants SET database_url = 'nowhere' WHERE url ~ '^t9..$'", in: scene.tenants.central)
            let expected = ["tenants", "tenants", "tenants"]
            let run = try await scene.run {
                $0.status == 1 && $0.report.findings.map(\.check) == expected && $0.time < .seconds(5)
            }
            #expect(run.status == 1)
            #expect(run.time < .seconds(5))
            #expect(run.report.findings.map(\.check) == expected)
            // The first one's own tenant among them.
            #expect(run.report.findings.first?.problem.hasPrefix("901 tenants (") == true)
            #expect(run.report.findings.first?.problem.contains(": They share the database ") == true)
            #expect(
                run.report.findings[1].problem.hasPrefix("100 tenants (t900, t901, t902, t903, t904 and 95 more): "))
            #expect(run.report.findings.last?.problem.hasPrefix("2 tenants (t500, t501): ") == true)
            #expect(run.output.contains("100 of 1002 tenants' databases were looked into"))
        }
    }

    @Test func `whatever hangs, the report comes within five seconds`() async throws {
        try await DoctorScene.with { scene async throws in
            let silence = try scene.serve { $0.waitForEnd() }
            let port = silence.split(separator: ":").last ?? ""
            let database = "postgresql://u:hidden-secret@127.0.0.1:\(port)/t"
            try await scene.administer(
                """
                INSERT INTO public.tenants (id, org_id, url, name, database_url)
                SELECT gen_random_uuid(), 'org_' || n, 't' || n, 'T', '\(database)' FROM generate_series(1, 100) AS n
                """,
                in: scene.tenants.central)
            scene.readKeys(at: silence)
            scene.settings.merge(
                ["AWS_ENDPOINT_URL": silence, "ACCORD_JWT_ISSUER": silence, "ACCORD_ORGS_DATABASE_URL": database]
            ) { $1 }
            let expected: Set = ["database", "tenants", "storage", "keys"]
            let run = try await scene.run {
                $0.status == 1 && Set($0.report.findings.map(\.check)) == expected && $0.time < .seconds(5)
            }
            #expect(run.status == 1)
            #expect(run.time < .seconds(5))
            #expect(Set(run.report.findings.map(\.check)) == expected)
        }
    }

    @Test func `what depends on a fault is not checked`() async throws {
        try await DoctorScene.with { scene async throws in
            scene.settings["ACCORD_DATABASE_URL"] = nil
            scene.settings["AWS_ACCESS_KEY_ID"] = nil
            scene.settings["ACCORD_PORT"] = "eighty"
            scene.settings["ACCORD_JWKS_FILE"] = nil
            let report = try await scene.run().report
            #expect(report.findings.map(\.check) == ["settings", "settings", "settings", "settings"])
            for check in [
                "database", "role", "migrations", "tenants", "connections", "storage", "bucket", "keys", "issuer",
                "clock", "port",
            ] {
                #expect(report.status(check) == "notChecked")
            }
        }
    }
}
