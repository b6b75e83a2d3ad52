/// What a look into one database has shown.
package struct DatabaseInspection: Sendable {
    /// The server's version, in its own words.
    package let version: String
    package let room: ConnectionRoom
    /// How far the server's clock is ahead of this machine's.
    package let clockOffset: Duration
    /// What the role could do there and must not.
    package let roleProblems: [RoleProblem]
    /// What it has had of the migrations; a ledger that can't be read is among its failures.
    package let migrations: MigrationStatus
}
