import AccordAdapters

/// Something about a database's migrations that an operator has to do something about.
struct MigrationProblem: Hashable {
    let problem: String
    let why: String
    let remedy: String

    private init(_ problem: String, why: String, remedy: String) {
        self.problem = problem
        self.why = why
        self.remedy = remedy
    }

    /// What is wrong; nothing when it is up to date and as the migrations have left it.
    static func all(in status: MigrationStatus) -> [MigrationProblem] {
        var problems: [MigrationProblem] = []
        if let failure = status.failure { problems.append(problem(failure)) }
        if !status.pending.isEmpty {
            let names = status.pending.joined(separator: ", ")
            problems.append(
                status.history.isEmpty
                    ? MigrationProblem("It was never migrated.", why: whyBehind, remedy: "Run: accord migrate")
                    : MigrationProblem(
                        "It is behind: it lacks \(names).", why: whyBehind, remedy: "Run: accord migrate"))
        }
        problems += [problem(status.privilegeGaps)].compactMap(\.self)
        if status.hasDrifted {
            problems.append(
                MigrationProblem(
                    "Its tables were changed by hand since the last migration.",
                    why: "The next migration may fail there, and statements may find other columns than they expect.",
                    remedy: "Undo the change, so that the tables are those of docs/schema.md (accord migrate status)."))
        }
        return problems
    }

    private static func problem(_ gaps: [PrivilegeGap]) -> MigrationProblem? {
        gaps.clause.map { clause in
            MigrationProblem(
                "\(clause.prefix(1).uppercased())\(clause.dropFirst()).",
                why: "Requests that need it fail with INTERNAL_SERVER_ERROR.",
                remedy: "Run: accord migrate, with ACCORD_MIGRATION_DATABASE_URL: it grants what the server needs.")
        }
    }

    /// A tenant's row says another version than its database has.
    static let staleRecord = MigrationProblem(
        "It is up to date, but tenants.schema_version is behind.",
        why: "The server is not ready (/health/ready) while the central database says so.",
        remedy: "Run: accord migrate")

    /// A tenant's row says that its database is behind.
    static let behindByRecord = MigrationProblem(
        "It is behind, says tenants.schema_version.", why: whyBehind, remedy: "Run: accord migrate")

    private static let whyBehind = "Statements fail on tables and columns that are missing."

    private static func problem(_ failure: MigrationFailure) -> MigrationProblem {
        switch failure {
        case .edited(let migration):
            MigrationProblem(
                "It has had \(migration) with another text than this program has.",
                why: "Nobody can tell which of the two its tables follow, and it is not migrated further.",
                remedy: "Install the version of accord that has \(migration) as it was applied.")
        case .unknown(let migration):
            MigrationProblem(
                "It has had \(migration), which this program doesn't know: a newer version has migrated it.",
                why: "This program's statements may not fit its tables.",
                remedy: "Install a version of accord that has \(migration).")
        case .database(sqlState: "42501", let message):
            MigrationProblem(
                "What migrations it has had can't be read: \(message)",
                why: "The role lacks what the migrations grant to the server.",
                remedy: "Run: accord migrate, with ACCORD_MIGRATION_DATABASE_URL.")
        case .database, .noTenant, .leftAlone:
            MigrationProblem(
                "What migrations it has had can't be read: \(failure)", why: whyBehind,
                remedy: "Run: accord migrate status")
        }
    }
}
