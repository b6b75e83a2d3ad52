import FoundationEssentials
package import PostgreSQL

/// Makes tenants, lists, stops and deletes them: what operators do.
///
/// Every step finds out first whether it is done. So a command that was killed anywhere can be run again, and completes.
package struct TenantAdministration: Sendable {
    private let pool: PostgreSQLPool
    private let central: PostgreSQLEndpoint
    private let application: PostgreSQLEndpoint
    private let migrator: Migrator

    /// - Parameters:
    ///   - pool: lends the connections; three of them at a time. Making a database takes as long as it takes.
    ///   - central: the central database, as a role that may make databases and roles and write `tenants`.
    ///   - application: the same, as the application reaches it, which will reach new databases by the same host and
    ///     port; nil for the same way.
    ///   - migrator: migrates the new databases.
    package init(
        pool: PostgreSQLPool, central: PostgreSQLEndpoint, application: PostgreSQLEndpoint? = nil, migrator: Migrator
    ) {
        self.pool = pool
        self.central = central
        self.application = application ?? central
        self.migrator = migrator
    }

    // MARK: - Looking

    /// All tenants, ordered by url.
    package func all() async throws(TenantProblem) -> [RegisteredTenant] {
        try await reporting {
            try await pool.withConnection(to: central) { connection in
                try await rows("ORDER BY url", [], connection)
            }
        }
    }

    /// The tenant with this url.
    ///
    /// - Throws: `unknown`, `failed`.
    package func tenant(_ url: String) async throws(TenantProblem) -> RegisteredTenant {
        let found = try await reporting {
            try await pool.withConnection(to: central) { connection in
                try await rows("WHERE url = $1", [.text(url)], connection)
            }
        }
        guard let tenant = found.first else { throw .unknown(url: url) }
        return tenant
    }

    // MARK: - Making

    /// Makes a tenant: its role, its database, the tables in it, and in the end its row in `tenants`.
    ///
    /// - Parameters:
    ///   - new: what it is called.
    ///   - databaseURL: the address of a database that is there already, for the application. Neither a role nor a
    ///     database is made then.
    ///   - passwords: where the password of a new role is kept, instead of in the row.
    ///   - onStep: told what is being done.
    /// - Returns: the tenant, and whether it was there before.
    /// - Throws: `taken`, `invalid`, `failed`.
    package func create(
        _ new: NewTenant, databaseURL: String? = nil, passwords: PasswordFile? = nil,
        onStep: (String) -> Void = { _ in }
    ) async throws(TenantProblem) -> (tenant: RegisteredTenant, wasThere: Bool) {
        try await reporting {
            let place = databaseURL.flatMap { try? PostgreSQLEndpoint(url: $0) }?.place
            // Held until all is done, so that two runs for the same organization, url or database come one after the
            // other. All runs take the locks in this order.
            let locks = [new.organization, "url.\(new.url)"] + (place.map { ["database.\($0)"] } ?? [])
            return try await pool.withTransaction(on: central) { connection in
                for lock in locks {
                    _ = try await connection.query(
                        "SELECT pg_advisory_xact_lock(hashtextextended('accord.tenant.' || $1, 0))", [.text(lock)])
                }
                let known = try await rows(
                    "WHERE org_id = $1 OR url = $2", [.text(new.organization), .text(new.url)], connection)
                if let same = known.first(where: { $0.organization == new.organization && $0.url == new.url }) {
                    return (same, true)
                }
                if let other = known.first {
                    throw TenantProblem.taken(
                        "\(other.url) is the tenant of \(other.organization) already: neither can have a second one.")
                }
                let address: String
                var endpoint: PostgreSQLEndpoint?
                if let databaseURL {
                    try await check(databaseURL, connection)
                    address = databaseURL
                } else {
                    address = try await makeDatabase(new, passwords, onStep)
                    endpoint = central.database(new.databaseName)
                }
                onStep("migrating the database")
                let outcome = await migrator.migrate(newTenant: new.url, databaseURL: address, at: endpoint)
                if let failure = outcome.failure { throw TenantProblem.failed("\(failure)") }
                onStep("registering the tenant")
                try await connection.execute(
                    """
                    INSERT INTO public.tenants (id, org_id, url, name, database_url, is_active, schema_version)
                        VALUES (gen_random_uuid(), $1, $2, $3, $4, true, $5)
                    """,
                    [
                        .text(new.organization), .text(new.url), .text(new.name), .text(address),
                        outcome.version.map { .text($0) } ?? .null,
                    ])
                guard let tenant = try await rows("WHERE url = $1", [.text(new.url)], connection).first else {
                    throw TenantProblem.unknown(url: new.url)
                }
                return (tenant, false)
            }
        }
    }

    /// Refuses the address of a database that must not become a tenant's.
    ///
    /// - Throws: `taken` for another tenant's; `invalid` for a role that row-level security doesn't hold for.
    private func check(_ databaseURL: String, _ connection: PostgreSQLConnection) async throws {
        let target = migrator.target(tenant: "", databaseURL, nil)
        guard let address = target.endpoint, let role = (try? PostgreSQLEndpoint(url: databaseURL))?.user else {
            throw TenantProblem.invalid("--database-url is no PostgreSQL URL.")
        }
        let tenants = try await rows("ORDER BY url", [], connection)
        if let other = tenants.first(where: { $0.endpoint?.place == address.place }) {
            throw TenantProblem.taken(
                "\(other.database) is the tenant \(other.url)'s already: two in one database would share agreements.")
        }
        let mighty = try await pool.withConnection(to: address) { connection in
            try await connection.query(
                "SELECT 1 FROM pg_roles WHERE rolname = $1 AND (rolsuper OR rolbypassrls)", [.text(role)])
        }
        guard mighty.isEmpty else {
            throw TenantProblem.invalid(
                "The role \(role) of --database-url is a superuser or has BYPASSRLS: name one that is neither.")
        }
    }

    /// Makes the role and the database, each if it is missing.
    ///
    /// - Returns: the address for the application, without the password if that is kept elsewhere.
    private func makeDatabase(
        _ new: NewTenant, _ passwords: PasswordFile?, _ onStep: (String) -> Void
    ) async throws -> String {
        let name = new.databaseName
        // Nobody knows the password of a role that an earlier attempt has made, unless it is in the file.
        let endpoint = application.database(name, user: name, password: RandomSecret.make())
        let password = try passwords?.password(of: endpoint) ?? endpoint.password ?? ""
        let stored = RandomSecret.isOne(password) ? StoredPassword.of(password) : password
        // Not in the transaction of the caller: databases can't be made in one.
        try await pool.withConnection(to: central) { connection in
            let roles = try await connection.query(
                """
                SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls
                FROM pg_roles WHERE rolname = $1
                """, [.text(name)])
            let isMighty = try roles.first?.decode(Bool.self, 0)
            guard isMighty != true else {
                throw TenantProblem.failed(
                    "There is a role \(name) that may do more than a tenant's role. Drop or rename it first.")
            }
            onStep("making the role \(name)")
            // Only a superuser may name these of a role that exists, even if nothing changes.
            let nothing = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
            let (role, password) = (SQLText.name(name), SQLText.text(stored))
            let statement = isMighty == nil ? "CREATE ROLE \(role) \(nothing)" : "ALTER ROLE \(role)"
            try await connection.executeScript("\(statement) LOGIN PASSWORD \(password)")
            let databases = try await connection.query("SELECT 1 FROM pg_database WHERE datname = $1", [.text(name)])
            if databases.isEmpty {
                onStep("making the database \(name)")
                do throws(PostgreSQLError) {
                    try await connection.executeScript("CREATE DATABASE \(SQLText.name(name))")
                } catch {
                    // The server goes on making a database though the run that asked for it was killed.
                    guard [.duplicateDatabase, .uniqueViolation].contains(error.sqlState) else { throw error }
                }
            }
            // The other tenants' roles have no business there.
            try await connection.executeScript(
                "REVOKE CONNECT, TEMPORARY ON DATABASE \(SQLText.name(name)) FROM PUBLIC")
        }
        return (passwords == nil ? endpoint : endpoint.withoutPassword).url
    }

    // MARK: - Stopping and deleting

    /// Lets a tenant's users in, or keeps them out.
    ///
    /// - Throws: `unknown`, `failed`.
    package func setActive(_ url: String, _ isActive: Bool) async throws(TenantProblem) {
        let count = try await reporting {
            try await pool.withConnection(to: central) { connection in
                try await connection.execute(
                    "UPDATE public.tenants SET is_active = $2 WHERE url = $1", [.text(url), .bool(isActive)])
            }
        }
        if count == 0 { throw .unknown(url: url) }
    }

    /// Deletes an inactive tenant: its database and its role, if they were made by `create`, and in the end its row.
    /// Its files stay in the storage.
    ///
    /// - Returns: whether the database was deleted; one that was made by others, or is on another server now, is left
    ///   alone.
    /// - Throws: `unknown`, `active`, `failed`.
    package func drop(_ url: String) async throws(TenantProblem) -> Bool {
        let tenant = try await tenant(url)
        guard !tenant.isActive else { throw .active(url: url) }
        // Whatever it is called: the name is no part of it.
        let name = try? NewTenant(organization: tenant.organization, url: url, name: "-").databaseName
        let servers = [application.serverPlace, central.serverPlace]
        let isOurs =
            name != nil && tenant.endpoint?.database == name && servers.contains(tenant.endpoint?.serverPlace ?? "")
        try await reporting {
            if isOurs, let name {
                try await pool.withConnection(to: central) { connection in
                    // Its sessions are cut off, for which one has to be a member of their role.
                    let role = try await connection.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [.text(name)])
                    if !role.isEmpty {
                        try await connection.executeScript("GRANT \(SQLText.name(name)) TO CURRENT_USER")
                    }
                    try await connection.executeScript("DROP DATABASE IF EXISTS \(SQLText.name(name)) WITH (FORCE)")
                    try await connection.executeScript("DROP ROLE IF EXISTS \(SQLText.name(name))")
                }
            }
            _ = try await pool.withConnection(to: central) { connection in
                try await connection.execute(
                    "DELETE FROM public.tenants WHERE id = $1 AND is_active IS NOT TRUE", [.uuid(tenant.id)])
            }
        }
        return isOurs
    }

    // MARK: - Help

    private func rows(
        _ condition: String, _ parameters: [PostgreSQLParameter], _ connection: PostgreSQLConnection
    ) async throws -> [RegisteredTenant] {
        try await connection.query(RegisteredTenant.selected(condition), parameters).map(RegisteredTenant.init)
    }

    /// Says what an operator can do about an error.
    private func reporting<Value>(_ body: () async throws -> Value) async throws(TenantProblem) -> Value {
        do {
            return try await body()
        } catch let problem as TenantProblem {
            throw problem
        } catch let problem as PasswordFileProblem {
            throw .failed("\(problem)")
        } catch PostgreSQLError.server(let error) where error.sqlState == .undefinedTable {
            throw .failed("The central database has no tenants yet. Run accord migrate first.")
        } catch PostgreSQLError.server(let error) where error.sqlState == .insufficientPrivilege {
            throw .failed(
                "\(error.message). Let ACCORD_MIGRATION_DATABASE_URL name a role that may (CREATEDB, CREATEROLE, and "
                    + "the owner of tenants), or make the database yourself and give its address: --database-url.")
        } catch {
            throw .failed("\(error)")
        }
    }
}
