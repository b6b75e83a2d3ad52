import PostgreSQL

/// What a run of the migrations did, database by database.
package struct MigrationReport: Sendable {
    /// What became of one database.
    package struct Outcome: Sendable {
        /// `central`, `organizations` or a tenant's url.
        package let database: String
        /// The names of the migrations applied in this run, in order; none when it was up to date.
        package let applied: [String]
        /// The version it is at now; nil after a failure.
        package let version: String?
        /// Why nothing changed.
        package let failure: MigrationFailure?
        /// The statements that gave the application's role what it lacked, or took away what it must not have.
        package var grants = ""
        /// Whether its tables were found changed by hand, before this run did anything.
        package var hasDrifted = false
    }

    /// Every database that was tried, the central one first, tenants ordered by url.
    package let outcomes: [Outcome]

    /// Whether every database is up to date now.
    package var isSuccessful: Bool { outcomes.allSatisfy { $0.failure == nil } }
}

/// Why a database was not migrated. Nothing in it was changed.
package enum MigrationFailure: Error, Hashable, Sendable {
    /// A statement was refused or the database can't be reached. The text is for the operator.
    case database(sqlState: String?, message: String)
    /// A migration that was applied differs from the one in this executable.
    case edited(migration: String)
    /// The database has a migration that this executable does not know: it was migrated by a newer one.
    case unknown(migration: String)
    /// There is no active tenant with this url.
    case noTenant(url: String)
    /// It was left alone, since the migration had failed for the tenants before.
    case leftAlone
}

extension MigrationFailure: CustomStringConvertible {
    /// A sentence for the operator.
    package var description: String {
        switch self {
        // It names its SQLSTATE itself.
        case .database(_, let message): message
        case .edited(let migration): "\(migration) was applied already, with another text than this program has."
        case .unknown(let migration): "\(migration) was applied by a newer version of this program."
        case .noTenant(let url): "There is no active tenant with the url \(url)."
        case .leftAlone: "Left alone, since the first two tenants failed."
        }
    }
}

extension MigrationFailure {
    /// What an error means to the operator. It may name hosts and tables, which are the operator's to know.
    init(_ error: any Error) {
        if let failure = error as? MigrationFailure {
            self = failure
        } else {
            self = .database(sqlState: (error as? PostgreSQLError)?.sqlState?.rawValue, message: "\(error)")
        }
    }
}
