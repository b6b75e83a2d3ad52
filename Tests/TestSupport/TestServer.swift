import AccordCore
package import AccordDevelopment
package import AccordServer
import Configuration
import Foundation
package import Identity
import PostgreSQL

/// A whole Accord in this process, as `accord serve` runs it, with databases, a storage and keys of its own.
///
///     @Suite(.server(storage: .s3)) struct UploadTests {
///         @Test func `…`() async throws {
///             let server = try TestServer.current
///             let answer = try await server.client.graphQL("{ connections { name } }", token: server.token())
package struct TestServer: Sendable {
    /// Where it answers, without a path.
    package let url: String
    package let tenants: TestTenants
    package let storage: TestStorage
    /// Its settings, by their names in the environment.
    package let settings: [String: String]
    package let client: HTTPTestClient

    /// What signs the tokens that servers under test accept; one for the process, since making keys takes a while.
    package static var keys: DevelopmentKeys {
        get throws { try madeKeys.get() }
    }

    private static let madeKeys = Result { try DevelopmentKeys() }

    /// The key set that servers under test verify tokens against.
    package static var jwks: String {
        get throws { try keys.jwks }
    }

    /// Runs a server with new databases and a new storage for as long as `body` takes. `settings` come in place of the
    /// usual ones, or besides them, by their names in the environment; `data` in place of the demo's customers.
    package static func withNew<Outcome>(
        storage kind: TestStorage.Kind, data: DemoData = .standard, settings: [String: String] = [:],
        _ body: (TestServer) async throws -> Outcome
    ) async throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory.appending(path: "accord-server-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let jwksFile = folder.appending(path: "jwks.json")
        try Data(keys.jwks.utf8).write(to: jwksFile)
        let storage = try await TestStorage.make(kind, in: folder.appending(path: "objects").path)
        let tenants = try await TestTenants.make(data)
        let usual = [
            "ACCORD_ENV": "development",
            "ACCORD_PORT": "0",
            "ACCORD_DATABASE_URL": tenants.central.url,
            "ACCORD_DATABASE_CONNECTIONS": "4",
            "ACCORD_JWKS_FILE": jwksFile.path,
            "ACCORD_JWT_ISSUER": DevelopmentKeys.issuer,
            // Tests look at connections and statements.
            "ACCORD_RECOVERY_SECONDS": "off",
        ]
        do {
            let outcome = try await run(
                tenants, storage, usual.merging(storage.settings) { $1 }.merging(settings) { $1 }, body)
            try await tenants.drop()
            return outcome
        } catch {
            try await tenants.drop()
            throw error
        }
    }

    /// Runs a second server over the same databases and the same storage, with other settings.
    package func withAnother<Outcome>(
        settings changes: [String: String], _ body: (TestServer) async throws -> Outcome
    ) async throws -> Outcome {
        try await Self.run(tenants, storage, settings.merging(changes) { $1 }, body)
    }

    private static func run<Outcome>(
        _ tenants: TestTenants, _ storage: TestStorage, _ settings: [String: String],
        _ body: (TestServer) async throws -> Outcome
    ) async throws -> Outcome {
        try await withRunningServer(settings: settings) { url async throws in
            let client = HTTPTestClient(url: url)
            defer { client.shutdown() }
            return try await body(
                TestServer(url: url, tenants: tenants, storage: storage, settings: settings, client: client))
        }
    }

    // MARK: - Who asks

    /// A token of the tenant's user with this role, by default the first tenant's member; its claim `org_name` may be
    /// another than the tenant's own.
    package func token(
        _ role: String = "member", of member: TestTenants.Member? = nil, organizationName: String? = nil
    ) throws -> String {
        let customer = (member ?? tenants.first).customer
        guard let user = customer.users.first(where: { $0.role == role }) else { throw NoSuchUser(role: role) }
        return try Self.token(
            subject: user.subject,
            organization: customer.tokenOrganization.description,
            organizationName: organizationName ?? customer.organization.name,
            role: role)
    }

    /// A token with these claims (`sub`, `org_id`, `org_name`, `role`), signed as every server under test wants it.
    package static func token(
        subject: String, organization: String, organizationName: String? = nil, role: String? = nil
    ) throws -> String {
        try keys.token(
            subject: subject, organization: organization, organizationName: organizationName, role: role)
    }

    private struct NoSuchUser: Error {
        let role: String
    }
}

/// Runs a server in this process for as long as `body` takes, which is given its URL. `settings` are all it has, by
/// their names in the environment; `replace` puts other parts in.
package func withRunningServer<Outcome>(
    settings: [String: String], replace: (inout ServerRegistrations) -> Void = { _ in },
    _ body: (_ url: String) async throws -> Outcome
) async throws -> Outcome {
    let server = try await AccordServer(ServerConfiguration(settings: settings), logger: .quiet, replace: replace)
    let (urls, ready) = AsyncStream<String>.makeStream()
    // Cancelled and awaited when this scope is left.
    async let running: Void = {
        defer { ready.finish() }
        try await server.run { url in ready.yield(url) }
    }()
    for await url in urls { return try await body(url) }
    try await running
    throw CancellationError()
}

extension ServerConfiguration {
    /// Reads settings, by their names in the environment, as the server does.
    package init(settings: [String: String]) throws {
        let values = settings.map { (SettingsReader.key($0.key), ConfigValue(.string($0.value), isSecret: true)) }
        try self.init(ConfigReader(provider: InMemoryProvider(values: Dictionary(uniqueKeysWithValues: values))))
    }
}
