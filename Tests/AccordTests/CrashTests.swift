import Foundation
import TestSupport
import Testing

@testable import AccordDevelopment

/// The real program under load, killed at random points, with a storage and a PostgreSQL that fail: no document is lost,
/// mixed up or left behind.
///
/// `Tests/Crash/crash.py` does the harm and looks at what is left. `make crash` kills more often.
@Suite(.enabled(if: S3Server.isInstalled, "\(S3Server.missing)"), .timeLimit(.minutes(240)))
struct CrashTests {
    /// What the program is told.
    private struct Scene: Encodable {
        struct Tenant: Encodable {
            let url: String
            let databaseURL: String
            let token: String
            let organizations: [String]
        }

        let program: String
        let psql: String
        let folder: String
        /// Of `accord serve`, but for what leads through the proxies.
        let settings: [String: String]
        let centralURL: String
        let endpoint: String
        let bucket: String
        let region: String
        let accessKey: String
        let secretKey: String
        let tenants: [Tenant]
        let clients: Int
        let kills: Int
        /// After so many, everything is looked at.
        let killsPerRound: Int
        /// How long recovery may take, in seconds.
        let patience: Int
        /// Of how many versions the files are kept.
        let kept: Int
        let seed: UInt64
    }

    @Test func `no kill loses a document, mixes it up or leaves it behind`() async throws {
        let environment = ProcessInfo.processInfo.environment
        let seed = environment["ACCORD_TEST_CRASH_SEED"].flatMap { UInt64($0) } ?? .random(in: 0..<1 << 32)
        try await TestServer.withNew(storage: .s3) { server in
            let ended = try await withPrivateFolder { folder async throws in
                let scene = try await scene(server, folder, environment, seed)
                let file = "\(folder)/scene.json"
                try JSONEncoder().encode(scene).write(to: URL(filePath: file))
                let program = URL(filePath: #filePath).appending(path: "../../Crash/crash.py").standardized.path
                return try await Program.run("python3", [program, file], within: 240 * 60)
            }
            #expect(ended.status == 0, "ACCORD_TEST_CRASH_SEED=\(seed)\n\(ended.output)")
            if environment["ACCORD_TEST_CRASH_KILLS"] != nil { print(ended.output) }
        }
    }

    private func scene(
        _ server: TestServer, _ folder: String, _ environment: [String: String], _ seed: UInt64
    ) async throws -> Scene {
        let settings = server.settings.merging([
            "ACCORD_DATABASE_CONNECTIONS": "12", "ACCORD_RECOVERY_SECONDS": "1", "ACCORD_RECOVERY_WATCH_SECONDS": "4",
            "ACCORD_STORAGE_SECONDS": "2", "ACCORD_KEEP_VERSIONS": environment["ACCORD_TEST_CRASH_KEPT"] ?? "2",
        ]) { $1 }
        var tenants: [Scene.Tenant] = []
        for member in server.tenants.members.prefix(2) {
            var organizations: [String] = []
            for _ in 0..<8 {
                let other = UUID().uuidString.lowercased()
                organizations.append(other)
                try await server.tenants.central.execute(
                    """
                    INSERT INTO subscription.orgs VALUES ('\(other)', 'Other', 'distributor');
                    INSERT INTO subscription.connections (id, requester_org_id, target_org_id, status)
                        VALUES (gen_random_uuid(), '\(other)', '\(member.customer.organization.id)', 'active');
                    """)
            }
            tenants.append(
                Scene.Tenant(
                    url: member.customer.url, databaseURL: member.database.url, token: try server.token(of: member),
                    organizations: organizations))
        }
        return Scene(
            program: environment["ACCORD_TEST_CRASH_PROGRAM"] ?? AccordCommand.path,
            psql: try await PostgreSQLPrograms.find().path(of: "psql"), folder: folder,
            settings: settings, centralURL: server.tenants.central.ownerURL,
            endpoint: settings["AWS_ENDPOINT_URL"] ?? "", bucket: settings["AWS_BUCKET_NAME"] ?? "",
            region: settings["AWS_DEFAULT_REGION"] ?? "", accessKey: settings["AWS_ACCESS_KEY_ID"] ?? "",
            secretKey: settings["AWS_SECRET_ACCESS_KEY"] ?? "", tenants: tenants, clients: 8,
            kills: environment["ACCORD_TEST_CRASH_KILLS"].flatMap { Int($0) } ?? 30, killsPerRound: 30, patience: 60,
            kept: settings["ACCORD_KEEP_VERSIONS"].flatMap { Int($0) } ?? 0, seed: seed)
    }
}
