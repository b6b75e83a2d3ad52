/// What a `NOTIFY` said to those who listen. PostgreSQL documentation, "NOTIFY".
package struct PostgreSQLNotification: Hashable, Sendable {
    /// The name that was listened to.
    package let channel: String
    /// What came with it; empty for nothing.
    package let payload: String
}
