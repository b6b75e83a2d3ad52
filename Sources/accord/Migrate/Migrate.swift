import ArgumentParser

struct Migrate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Brings the central database and every active tenant's up to date, or says how they stand.",
        discussion: """
            Each database is migrated in one transaction. A tenant that fails doesn't stop the others; the command then \
            ends with status 1, and a second run goes on where the first one failed.

            ACCORD_DATABASE_URL names the central database as the application reaches it. When another role owns the \
            tables, ACCORD_MIGRATION_DATABASE_URL names it, and the application's role is granted what it needs.
            """,
        subcommands: [MigrateUp.self, MigrateStatus.self, MigrateHistory.self, MigratePlan.self, MigrateLint.self],
        defaultSubcommand: MigrateUp.self
    )
}
