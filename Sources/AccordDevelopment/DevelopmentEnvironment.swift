import AccordAdapters
package import AccordCore
import Foundation
package import Identity
package import Logging
import PostgreSQL

/// Everything around the server that a first run needs: a private PostgreSQL with migrated databases, the demo's rows
/// and files, keys that sign tokens. The server itself is started by whoever starts this.
///
/// All of it lives in one data folder, is used by one process at a time, and is found again at the next start.
package struct DevelopmentEnvironment: Sendable {
    /// The demo that the databases hold.
    package let data = DemoData.standard
    /// What signs the tokens.
    package let keys: DevelopmentKeys
    /// Signs the links of the directory storage; the same from start to start, so that links outlive one.
    package let linkSigningSecret: String
    /// The private cluster, its roles and its addresses.
    package let roles: ClusterRoles
    private let folder: DevelopmentFolder
    private let lock: FolderLock
    private let pool: PostgreSQLPool
    private let logger: Logger

    private static let centralDatabase = "accord_central"

    // MARK: - What the server is configured with

    /// `ACCORD_DATABASE_URL`, with the application's role.
    package var centralDatabaseURL: String { roles.applicationURL(database: Self.centralDatabase) }
    /// `ACCORD_JWKS_FILE`.
    package var jwksFile: String { "\(folder.keys)/\(DevelopmentKeys.jwksFile)" }
    /// `ACCORD_JWT_ISSUER`.
    package var issuer: String { DevelopmentKeys.issuer }
    /// `ACCORD_STORAGE_DIRECTORY`.
    package var storageDirectory: String { folder.agreements }
    /// Signs in the demo's users.
    package var tokens: DemoTokens { DemoTokens(data, keys: keys) }

    // MARK: - Starting and stopping

    /// Starts the cluster, makes what is missing in it, and migrates every database.
    ///
    /// - Parameters:
    ///   - path: The data folder; made if missing.
    ///   - reset: Whether to delete what earlier starts have left there.
    ///   - durability: How much the databases matter.
    ///   - logger: Told what is migrated.
    /// - Returns: An environment whose databases are migrated, but empty before the first `seed(into:)`.
    /// - Throws: `DevelopmentError`, among others `folderInUse`. Nothing is left running then.
    package static func start(
        in path: String, reset: Bool = false, durability: PostgreSQLCluster.Durability = .durable, logger: Logger
    ) async throws -> Self {
        let folder = DevelopmentFolder(path)
        try folder.create()
        let lock = try FolderLock(folder: folder.path)
        do {
            if reset { try await folder.reset() }
            let secrets = try folder.secrets()
            let keys = try DevelopmentKeys.loaded(orMadeIn: folder.keys)
            let cluster = try await PostgreSQLCluster.start(in: folder.cluster, durability: durability)
            let environment = DevelopmentEnvironment(
                keys: keys,
                linkSigningSecret: secrets.linkSigningSecret,
                roles: ClusterRoles(
                    in: cluster,
                    ownerPassword: secrets.ownerPassword,
                    applicationPassword: secrets.applicationPassword
                ),
                folder: folder,
                lock: lock,
                pool: PostgreSQLPool(configuration: PostgreSQLPoolConfiguration(maximumConnections: 6), logger: logger),
                logger: logger
            )
            do {
                try await environment.makeDatabases()
            } catch {
                await environment.stop()
                throw error
            }
            return environment
        } catch {
            lock.release()
            throw error
        }
    }

    /// Stops the cluster, within seconds, and gives the folder free. The data stays.
    package func stop() async {
        await pool.close()
        await roles.cluster.stop()
        lock.release()
    }

    private func makeDatabases() async throws {
        try await roles.create()
        for name in [Self.centralDatabase] + data.customers.map(\.databaseName) {
            if try await !roles.cluster.hasDatabase(name) { try await roles.createDatabase(name) }
        }
        let central = try PostgreSQLEndpoint(url: roles.ownerURL(database: Self.centralDatabase))
        let migrator = roles.migrator(pool: pool, central: central, logger: logger)
        // The table of tenants comes with the first run; the tenants' databases are found in it by the second.
        try await require(migrator.run())
        try await seed(central).registerCustomers(databaseURL: tenantURL)
        try await require(migrator.run())
    }

    private func require(_ report: MigrationReport) throws {
        let failures = report.outcomes.compactMap { outcome in outcome.failure.map { "\(outcome.database): \($0)" } }
        guard failures.isEmpty else {
            throw DevelopmentError.unusableData(
                "The databases could not be migrated:\n\(failures.joined(separator: "\n"))")
        }
    }

    private func seed(_ central: PostgreSQLEndpoint) -> DemoSeed {
        DemoSeed(data, pool: pool, central: central)
    }

    private func tenantURL(_ customer: DemoData.Customer) -> String {
        roles.applicationURL(database: customer.databaseName)
    }

    // MARK: - The demo

    /// Fills the databases and the storage at the first start; afterwards it only sees to it that the storage, which
    /// may be another one now, has the files of the agreements that are still the demo's.
    ///
    /// - Throws: `AccordError` of the storage, `PostgreSQLError`.
    package func seed(into storage: any ObjectStorage) async throws {
        let seed = seed(try PostgreSQLEndpoint(url: roles.ownerURL(database: Self.centralDatabase)))
        let isFirst = try await !seed.hasOrganizations()
        let repository = PostgreSQLAgreementRepository(databases: try databases(), maximumChanges: 1)
        try await seed.storeAgreements(isFirst: isFirst, in: storage, repository, databaseURL: tenantURL)
        // Last, since it is what later starts know a finished seed by.
        if isFirst { try await seed.insertOrganizations() }
    }

    /// What to tell programs that wait for the server.
    ///
    /// - Parameter url: Where the server answers, without a path.
    /// - Returns: The addresses, a fresh token for every user, and the connections as they are in the database now.
    /// - Throws: `AccordError`, `PostgreSQLError`, `IdentityError`.
    package func readyFile(url: String) async throws -> ReadyFile {
        let repository = PostgreSQLConnectionRepository(try databases().organizations)
        var tenants: [ReadyFile.Tenant] = []
        for customer in data.customers {
            let connections = try await repository.connections(
                of: OrganizationID(customer.organization.id), .all,
                for: customer.tenant(databaseURL: tenantURL(customer)))
            tenants.append(
                ReadyFile.Tenant(
                    name: customer.organization.name,
                    url: customer.url,
                    orgId: customer.tokenOrganization.description,
                    databaseURL: tenantURL(customer),
                    organizationId: OrganizationID(customer.organization.id).description,
                    users: try customer.users.map { user in
                        let token = try tokens.token(for: user, of: customer)
                        return ReadyFile.User(email: user.email, role: user.role, token: token)
                    },
                    connections: connections.map(ReadyFile.Connection.init)
                )
            )
        }
        return ReadyFile(
            url: url,
            graphqlURL: "\(url)/graphql",
            centralDatabaseURL: roles.ownerURL(database: Self.centralDatabase),
            processId: ProcessInfo.processInfo.processIdentifier,
            tenants: tenants
        )
    }

    private func databases() throws -> Databases {
        Databases(pool: pool, central: try PostgreSQLEndpoint(url: centralDatabaseURL), logger: logger)
    }
}

extension ReadyFile.Connection {
    fileprivate init(_ connection: Connection) {
        let status =
            switch connection.status {
            case .pending: "PENDING"
            case .accepted: "ACCEPTED"
            case .declined: "DECLINED"
            }
        self.init(orgId: connection.organizationID.description, name: connection.name, status: status)
    }
}
