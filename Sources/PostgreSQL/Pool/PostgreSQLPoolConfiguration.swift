/// How many connections a pool may have, and how long anything may take.
package struct PostgreSQLPoolConfiguration: Sendable {
    /// The budget: open connections to all databases together.
    package var maximumConnections: Int
    /// Of these, to the databases of one server, told by hosts and ports; nil for as many as there may be.
    package var maximumConnectionsPerServer: Int?
    /// How long a task waits for a connection when the budget is spent; then `PostgreSQLError.poolTimeout`.
    package var acquireTimeout: Duration
    /// How long a connection may lie idle before it is closed.
    package var idleTimeout: Duration
    /// How long connecting may take, name resolution, TLS and authentication included.
    package var connectTimeout: Duration
    /// How long one statement may run on the server (`queryCanceled` then); nil for as long as it takes.
    package var statementTimeout: Duration?
    /// What the server shows in `pg_stat_activity`, unless the endpoint names something else.
    package var applicationName: String?

    package init(
        maximumConnections: Int = 20,
        maximumConnectionsPerServer: Int? = nil,
        acquireTimeout: Duration = .seconds(10),
        idleTimeout: Duration = .seconds(60),
        connectTimeout: Duration = .seconds(5),
        statementTimeout: Duration? = .seconds(30),
        applicationName: String? = nil
    ) {
        self.maximumConnections = maximumConnections
        self.maximumConnectionsPerServer = maximumConnectionsPerServer
        self.acquireTimeout = acquireTimeout
        self.idleTimeout = idleTimeout
        self.connectTimeout = connectTimeout
        self.statementTimeout = statementTimeout
        self.applicationName = applicationName
    }
}
