/// What lends a server's connections to those of this pool.
package enum ServerPooling: String, CaseIterable, Sendable {
    /// Nothing: each connection of the pool is one of the server.
    case none
    /// A pooler such as PgBouncer, for a transaction at a time. Nothing may then be left in a session: statements are
    /// prepared anew each time, and `statement_timeout` is the role's or the database's, not the pool's.
    case transaction
}

/// How many connections a pool may have, and how long anything may take.
package struct PostgreSQLPoolConfiguration: Sendable {
    /// The budget: open connections to all databases together.
    package var maximumConnections: Int
    /// Of these, to the databases of one server, told by hosts and ports; nil for as many as there may be.
    package var maximumConnectionsPerServer: Int?
    /// Of these, to one database; nil for as many as there may be.
    package var maximumConnectionsPerDatabase: Int?
    /// How many may be being opened at a time; nil for any number.
    package var maximumConnectionsOpening: Int?
    /// How long a task waits for a connection when the budget is spent; then `PostgreSQLError.poolTimeout`.
    package var acquireTimeout: Duration
    /// How long a connection may lie idle before it is closed.
    package var idleTimeout: Duration
    /// How long connecting may take, name resolution, TLS and authentication included.
    package var connectTimeout: Duration
    /// How long one statement may run on the server (`queryCanceled` then); nil for as long as it takes.
    package var statementTimeout: Duration?
    /// What stands between the pool and the servers.
    package var pooling: ServerPooling
    /// What the server shows in `pg_stat_activity`, unless the endpoint names something else.
    package var applicationName: String?

    package init(
        maximumConnections: Int = 20,
        maximumConnectionsPerServer: Int? = nil,
        maximumConnectionsPerDatabase: Int? = nil,
        maximumConnectionsOpening: Int? = nil,
        acquireTimeout: Duration = .seconds(10),
        idleTimeout: Duration = .seconds(60),
        connectTimeout: Duration = .seconds(5),
        statementTimeout: Duration? = .seconds(30),
        pooling: ServerPooling = .none,
        applicationName: String? = nil
    ) {
        self.maximumConnections = maximumConnections
        self.maximumConnectionsPerServer = maximumConnectionsPerServer
        self.maximumConnectionsPerDatabase = maximumConnectionsPerDatabase
        self.maximumConnectionsOpening = maximumConnectionsOpening
        self.acquireTimeout = acquireTimeout
        self.idleTimeout = idleTimeout
        self.connectTimeout = connectTimeout
        self.statementTimeout = statementTimeout
        self.pooling = pooling
        self.applicationName = applicationName
    }
}
