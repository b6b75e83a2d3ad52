import AccordCore
import Logging
import PostgreSQL

/// What the central database holds: the table of tenants.
package enum Central {}

/// What the organizations' database holds: the schema `subscription`. By default it is the central database.
package enum Organizations {}

/// A database, by what it holds: `Database<Central>`, `Database<Organizations>` or `Database<Tenant>`.
///
/// The three are different types that don't convert into one another, so that a statement can't reach the wrong
/// database: "table not found, though the migration had run" must not compile. Only `Databases` makes them.
package struct Database<Contents>: Sendable {
    let pool: PostgreSQLPool
    let endpoint: PostgreSQLEndpoint
    let logger: Logger

    /// Lends a connection for single statements.
    ///
    /// - Parameters:
    ///   - claimant: Who takes turns with others when there are not enough connections: the tenant's url, of whatever
    ///     database; nil for all who use this one together.
    ///   - body: Gets the connection.
    /// - Returns: What `body` returned.
    /// - Throws: What `body` threw; a `PostgreSQLError` of it or of the pool as the `AccordError` it means, its cause
    ///   logged.
    func withConnection<Result>(
        for claimant: String? = nil,
        _ body: (PostgreSQLConnection) async throws -> Result
    ) async throws(AccordError) -> Result {
        do {
            return try await pool.withConnection(to: endpoint, for: claimant, body)
        } catch {
            throw AccordError(error, in: endpoint, logger)
        }
    }

    /// Lends a connection for what can wait, if one is to spare within a time. See `PostgreSQLPool.withSpareConnection`.
    ///
    /// - Returns: What `body` returned; nil when there was none.
    /// - Throws: As `withConnection(for:_:)`.
    func withSpareConnection<Result>(
        within delay: Duration,
        _ body: (PostgreSQLConnection) async throws -> Result
    ) async throws(AccordError) -> Result? {
        do {
            return try await pool.withSpareConnection(to: endpoint, within: delay, body)
        } catch {
            throw AccordError(error, in: endpoint, logger)
        }
    }

    /// Lends a connection for a transaction: committed when `body` returns, rolled back when it throws.
    ///
    /// - Throws: As `withConnection(for:_:)`.
    func withTransaction<Result>(
        for claimant: String? = nil,
        _ body: (PostgreSQLConnection) async throws -> Result
    ) async throws(AccordError) -> Result {
        do {
            return try await pool.withTransaction(on: endpoint, for: claimant, body)
        } catch {
            throw AccordError(error, in: endpoint, logger)
        }
    }
}

extension Database<Organizations> {
    /// Runs a statement on the schema `subscription` for somebody, whom row-level security shows what is theirs.
    ///
    /// There is no other way to: without an identity, no row is seen.
    ///
    /// - Parameters:
    ///   - statement: One statement.
    ///   - parameters: As many as it has `$n`, in their order.
    ///   - identity: For whom.
    ///   - claimant: Who takes turns with others, as in `withConnection(for:_:)`; nil for the identity.
    ///   - decode: Makes a value of a row.
    /// - Returns: The values, in the order of the rows.
    /// - Throws: As `withConnection(for:_:)`.
    func rows<Value>(
        _ statement: PreparedStatement, _ parameters: [PostgreSQLParameter], for identity: DatabaseIdentity,
        claimant: String? = nil,
        _ decode: (PostgreSQLRow) throws -> Value
    ) async throws(AccordError) -> [Value] {
        let setting = identity.setting
        return try await withConnection(for: claimant ?? setting.value) { connection in
            try await connection.query(statement, parameters, with: setting).map(decode)
        }
    }
}
