import Logging
import PostgreSQL
import TestSupport

/// A pool of the test's own and a database of its own, reached as the application's role; both gone afterwards.
///
/// The scenery is SQL that the database's owner runs first, in a schema `s` that the application may use.
func withPool(
    _ configuration: PostgreSQLPoolConfiguration = PostgreSQLPoolConfiguration(maximumConnections: 5),
    scenery: String? = nil,
    _ body: (PostgreSQLPool, PostgreSQLEndpoint) async throws -> Void
) async throws {
    let database = try await TestDatabase.empty()
    let endpoint = try PostgreSQLEndpoint(url: database.url)
    // Patient with a busy machine, unless the test is about that.
    let usual = PostgreSQLPoolConfiguration()
    var configuration = configuration
    if configuration.acquireTimeout == usual.acquireTimeout { configuration.acquireTimeout = .seconds(60) }
    if configuration.connectTimeout == usual.connectTimeout { configuration.connectTimeout = .seconds(60) }
    let pool = PostgreSQLPool(configuration: configuration, logger: Logger(label: "test"))
    do {
        if let scenery {
            let owner = try PostgreSQLEndpoint(url: database.ownerURL)
            let grants = """
                GRANT USAGE ON SCHEMA s TO \(endpoint.user);
                GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA s TO \(endpoint.user);
                """
            try await pool.withConnection(to: owner) { connection in
                try await connection.executeScript("CREATE SCHEMA s; \(scenery); \(grants)")
            }
        }
        try await body(pool, endpoint)
    } catch {
        await pool.close()
        try await database.drop()
        throw error
    }
    await pool.close()
    try await database.drop()
}

/// The one value of a statement with one row and one column.
func value<Value: PostgreSQLDecodable>(
    _ type: Value.Type,
    of statement: PreparedStatement,
    _ parameters: [PostgreSQLParameter] = [],
    on connection: PostgreSQLConnection
) async throws -> Value? {
    let rows = try await connection.query(statement, parameters)
    return try rows.first?.decode(type, 0)
}

/// The error of this module that something throws, nil if it throws none.
func failure(of body: () async throws -> Void) async throws -> PostgreSQLError? {
    do {
        try await body()
        return nil
    } catch let error as PostgreSQLError {
        return error
    }
}

/// Cancels the task that calls it.
func cancelThisTask() {
    unsafe withUnsafeCurrentTask { task in unsafe task?.cancel() }
}
