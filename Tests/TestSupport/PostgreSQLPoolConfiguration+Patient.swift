package import PostgreSQL

extension PostgreSQLPoolConfiguration {
    /// For tests that are not about time: one that waits for a busy machine doesn't fail for it.
    package static func patient(maximumConnections: Int) -> PostgreSQLPoolConfiguration {
        PostgreSQLPoolConfiguration(
            maximumConnections: maximumConnections, acquireTimeout: .seconds(60), connectTimeout: .seconds(60))
    }
}
