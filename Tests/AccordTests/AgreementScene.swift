import AccordAdapters
import AccordCore
import AccordDevelopment
import Curl
import FoundationEssentials
import PostgreSQL
import S3
import Synchronization
import TestSupport

/// A service over the suite's databases and the S3 server, as one customer's user sees it.
struct AgreementScene: Sendable {
    let service: AgreementService
    let viewer: Viewer
    let repository: PostgreSQLAgreementRepository
    let recovery: AgreementRecovery
    let leftovers: Leftovers

    /// What the service said it has left to recovery.
    final class Leftovers: Sendable {
        private let found = Mutex<[AgreementIntent]>([])
        var intents: [AgreementIntent] { found.withLock { $0 } }
        func add(_ intent: AgreementIntent) { found.withLock { $0.append(intent) } }
    }

    /// The bucket, read and written past the service.
    static var bucket: S3Client {
        get async throws {
            try await client()
        }
    }

    /// A client of the bucket, right or wrong in some way.
    static func client(endpoint: String? = nil, secret: String? = nil) async throws -> S3Client {
        let account = try await S3Server.shared
        return S3Client(
            configuration: try S3Configuration(
                endpoint: endpoint ?? account.endpoint, bucket: account.bucket, region: account.region,
                credentials: AWSCredentials(
                    accessKeyID: account.accessKeyID, secretAccessKey: secret ?? account.secretAccessKey)),
            http: http)
    }

    static let http = CurlClient()

    /// A new organization, connected to the customer's own; tests share databases, so each takes new ones.
    func connect(_ status: String = "active") async throws -> ConnectedOrgID {
        let other = ConnectedOrgID(UUID())
        try await TestTenants.current.central.execute(
            """
            INSERT INTO subscription.orgs VALUES ('\(other)', 'Other', 'distributor');
            INSERT INTO subscription.connections (id, requester_org_id, target_org_id, status)
                VALUES (gen_random_uuid(), '\(other)', '\(viewer.organizationID)', '\(status)');
            """)
        return other
    }

    func upload(_ file: TestFile, to other: ConnectedOrgID) async throws(AccordError) -> Agreement {
        try await service.upload(file, connectedOrgID: other.description, viewer: viewer)
    }

    func delete(_ other: ConnectedOrgID) async throws(AccordError) {
        try await service.delete(connectedOrgID: other.description, viewer: viewer)
    }

    /// The row, read past the service.
    func row(_ other: ConnectedOrgID) async throws(AccordError) -> Agreement? {
        try await repository.agreement(of: viewer.tenant, with: other)
    }

    /// The object of a file name, read past the service.
    func object(_ name: String, _ other: ConnectedOrgID) async throws -> [UInt8]? {
        try await Self.bucket.getObject(
            key: "\(viewer.tenant.url)/agreements/\(other)/\(name)", maximumBytes: 60 << 20)
    }
}

/// Lends a scene and closes its connections afterwards: of the first customer or the second, with the S3 server's
/// bucket or another storage.
func withScene(
    isSecond: Bool = false, role: Role = .member, storage: (any ObjectStorage)? = nil,
    watchTime: Duration = .seconds(300), keptVersions: Int = 0,
    _ body: (AgreementScene) async throws -> Void
) async throws {
    let tenants = try TestTenants.current
    let member = isSecond ? tenants.second : tenants.first
    let pool = PostgreSQLPool(configuration: .patient(maximumConnections: 6), logger: .quiet)
    do {
        let databases = Databases(
            pool: pool, central: try PostgreSQLEndpoint(url: tenants.central.url), logger: .quiet)
        let repository = PostgreSQLAgreementRepository(databases: databases, maximumChanges: 3, watchTime: watchTime)
        let bucket: any ObjectStorage =
            if let storage { storage } else { S3ObjectStorage(client: try await AgreementScene.bucket, logger: .quiet) }
        let leftovers = AgreementScene.Leftovers()
        let service = AgreementService(
            connections: PostgreSQLConnectionRepository(databases.organizations), agreements: repository,
            storage: bucket, maximumFileSize: 1_000_000, linkLifetime: .seconds(3_600), watchTime: watchTime,
            keptVersions: keptVersions
        ) { intent, _, _ in leftovers.add(intent) }
        let viewer = Viewer(
            tenant: member.tenant, userID: member.customer.users[0].id,
            organizationID: OrganizationID(member.customer.organization.id), role: role)
        try await body(
            AgreementScene(
                service: service, viewer: viewer, repository: repository,
                recovery: AgreementRecovery(agreements: repository, storage: bucket, keptVersions: keptVersions),
                leftovers: leftovers))
        await pool.close()
    } catch {
        await pool.close()
        throw error
    }
}

/// A file that has arrived.
struct TestFile: IncomingFile {
    var suggestedName: String
    var bytes: [UInt8]
    /// Run before the file is handed over.
    var arriving: @Sendable () -> Void = {}

    init(_ suggestedName: String, _ bytes: [UInt8], arriving: @escaping @Sendable () -> Void = {}) {
        self.suggestedName = suggestedName
        self.bytes = bytes
        self.arriving = arriving
    }

    /// A PDF of exactly that many bytes, told apart by its seed.
    static func pdf(_ name: String, seed: UInt8 = 0, size: Int = 2_000) -> TestFile {
        let (start, end) = (Array("%PDF-1.7\n".utf8), Array("\n%%EOF\n".utf8))
        return TestFile(name, start + [UInt8](repeating: seed, count: size - start.count - end.count) + end)
    }

    func received() async throws(AccordError) -> StoredFile {
        arriving()
        return StoredFile(bytes: bytes)
    }
}

extension TestDatabase {
    /// Runs statements as the database's owner.
    func execute(_ sql: String) async throws {
        let pool = PostgreSQLPool(configuration: .patient(maximumConnections: 1), logger: .quiet)
        do {
            try await pool.withConnection(to: try PostgreSQLEndpoint(url: ownerURL)) { connection in
                try await connection.executeScript(sql)
            }
        } catch {
            await pool.close()
            throw error
        }
        await pool.close()
    }
}
