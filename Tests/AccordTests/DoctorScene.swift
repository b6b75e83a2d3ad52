import AccordDevelopment
import Foundation
import TestSupport

@testable import AccordServer

/// A whole installation in which nothing is wrong, for a test to plant a fault in, and `accord doctor` run on it.
struct DoctorScene: Sendable {
    let tenants: TestTenants
    let storage: TestStorage
    /// All the program is told.
    var settings: [String: String]
    /// A folder of the test's own.
    let folder: String
    /// What the program is run by, with its arguments; none runs it directly.
    var wrapper: [String] = []
    /// Servers that must live as long as the scene.
    var servers: [ScriptedServer] = []

    /// What `--json` prints.
    struct Report: Decodable {
        let ok: Bool
        let checks: [Line]
        let findings: [Finding]

        struct Line: Decodable {
            let check: String
            let status: String
            let text: String
        }

        struct Finding: Decodable {
            let check: String
            let problem: String
            let why: String
            let remedy: String
        }

        func status(_ check: String) -> String? { checks.first { $0.check == check }?.status }
    }

    /// What a run came to.
    struct Run {
        let status: Int32
        let output: String
        let report: Report
        let time: Duration
    }

    /// Lends a new scene.
    static func with(
        storage kind: TestStorage.Kind = .s3, _ body: (inout DoctorScene) async throws -> Void
    ) async throws {
        let tenants = try await TestTenants.make()
        try await withPrivateFolder { folder async throws in
            let storage = try await TestStorage.make(kind, in: "\(folder)/objects")
            if kind == .directory {
                try FileManager.default.createDirectory(atPath: "\(folder)/objects", withIntermediateDirectories: true)
            }
            try Data(try TestServer.jwks.utf8).write(to: URL(filePath: "\(folder)/jwks.json"))
            let settings = [
                "ACCORD_DATABASE_URL": tenants.central.url, "ACCORD_DATABASE_CONNECTIONS": "4", "ACCORD_PORT": "0",
                "ACCORD_JWKS_FILE": "\(folder)/jwks.json", "ACCORD_JWT_ISSUER": "https://accord.localhost",
                "ACCORD_TEMPORARY_DIRECTORY": folder,
            ].merging(storage.settings) { $1 }
            var scene = DoctorScene(tenants: tenants, storage: storage, settings: settings, folder: folder)
            try await body(&scene)
        }
        try await tenants.drop()
    }

    /// Runs `accord doctor --json`.
    func run() async throws -> Run {
        let start = ContinuousClock.now
        let (status, output) = try await command.run(words + ["doctor", "--json"])
        let time = ContinuousClock.now - start
        let report = try JSONDecoder().decode(Report.self, from: Data(output.utf8))
        return Run(status: status, output: output, report: report, time: time)
    }

    /// Runs `accord doctor --json` until it comes to what is expected, as `repeated` does.
    func run(until isExpected: (Run) -> Bool) async throws -> Run {
        try await repeated({ try await run() }, until: isExpected)
    }

    /// Runs `accord doctor`, for people.
    func text() async throws -> (status: Int32, output: String) {
        try await command.run(words + ["doctor"])
    }

    private var command: AccordCommand {
        var command = AccordCommand(environment: settings, folder: folder)
        if let program = wrapper.first { command.program = program }
        return command
    }

    private var words: [String] { wrapper.isEmpty ? [] : wrapper.dropFirst() + [AccordCommand.path] }

    // MARK: - Planting

    /// The URL of a role of the scene's own that may do what the application's may, after some statements in a
    /// database, in which `ROLE` stands for it.
    func role(_ statements: [String], in database: TestDatabase) async throws -> String {
        let cluster = try await TestCluster.shared.cluster
        let role = "role_" + UUID().uuidString.lowercased().prefix(8)
        try await cluster.createRole(role, password: "hidden-secret")
        try await cluster.administer(
            (["GRANT accord_app TO ROLE"] + statements).map { $0.replacing("ROLE", with: role) }, in: database.name)
        return cluster.url(database: database.name, role: role, password: "hidden-secret")
    }

    /// Runs statements as the superuser.
    func administer(_ statements: String..., in database: TestDatabase) async throws {
        try await TestCluster.shared.cluster.administer(statements, in: database.name)
    }

    /// Gives the first tenant's row another address.
    func move(_ tenant: TestTenants.Member, to url: String) async throws {
        try await administer(
            "UPDATE public.tenants SET database_url = '\(url)' WHERE url = '\(tenant.customer.url)'",
            in: tenants.central)
    }

    /// Starts a server that answers every request with the same, and returns its address.
    mutating func serve(status: String = "200 OK", headers: String = "", body: String) throws -> String {
        let response =
            "HTTP/1.1 \(status)\r\n\(headers)Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
        return try serve { channel in
            guard let head = channel.readHead() else { return }
            if let length = head.firstMatch(of: #/(?i)\r\ncontent-length: (\d+)/#).flatMap({ Int($0.1) }) {
                _ = channel.readBody(length)
            }
            channel.write(response)
        }
    }

    /// Starts a server that does with each channel what it is told, and returns its address.
    mutating func serve(_ script: @escaping @Sendable (ScriptedChannel) -> Void) throws -> String {
        let server = try ScriptedServer(script)
        servers.append(server)
        return server.url
    }

    /// Has the keys read from an address.
    mutating func readKeys(at url: String) {
        settings["ACCORD_JWKS_FILE"] = nil
        settings["ACCORD_JWKS_URL"] = url
    }
}
