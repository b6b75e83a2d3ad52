import AccordAdapters
import PostgreSQL
import TestSupport

/// Lends the databases of the running suite, reached as the application's role, and closes every connection afterwards.
func withDatabases<Result>(
    maximumConnections: Int = 4, _ body: (Databases) async throws -> Result
) async throws -> Result {
    try await withPool(maximumConnections: maximumConnections) { pool in
        let central = try PostgreSQLEndpoint(url: TestTenants.current.central.url)
        return try await body(Databases(pool: pool, central: central, logger: .quiet))
    }
}

/// Lends a pool and closes it, with every connection, before it returns.
func withPool<Result>(
    maximumConnections: Int = 4, _ body: (PostgreSQLPool) async throws -> Result
) async throws -> Result {
    let pool = PostgreSQLPool(configuration: .patient(maximumConnections: maximumConnections), logger: .quiet)
    do {
        let result = try await body(pool)
        await pool.close()
        return result
    } catch {
        await pool.close()
        throw error
    }
}

/// Runs statements as the owner of a database.
func setScene(_ sql: String, in database: TestDatabase) async throws {
    try await withPool(maximumConnections: 1) { pool in
        try await pool.withConnection(to: try PostgreSQLEndpoint(url: database.ownerURL)) { connection in
            try await connection.executeScript(sql)
        }
    }
}

/// The first column of the rows of a query, as the owner of a database.
func texts(_ query: String, in database: TestDatabase) async throws -> [String?] {
    try await withPool(maximumConnections: 1) { pool in
        try await pool.withConnection(to: try PostgreSQLEndpoint(url: database.ownerURL)) { connection in
            try await connection.query(PreparedStatement(query), []).map { try $0.decode(String?.self, 0) }
        }
    }
}
