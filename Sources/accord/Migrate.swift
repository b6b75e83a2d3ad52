import AccordAdapters
import AccordServer
import ArgumentParser

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Brings the central database and every active tenant's up to date.",
        discussion: """
            Each database is migrated in one transaction. A tenant that fails doesn't stop the others; the command then \
            ends with status 1, and a second run goes on where the first one failed.

            ACCORD_DATABASE_URL names the central database as the application reaches it. When another role owns the \
            tables, ACCORD_MIGRATION_DATABASE_URL names it, and the application's role is granted what it needs.
            """
    )

    @OptionGroup var settings: SettingsOptions

    func run() async throws {
        let configuration = try MigrationConfiguration(await settings.reader())
        let report = await configuration.run(logger: configuration.log.bootstrap())
        for outcome in report.outcomes { print(outcome.line) }
        guard report.isSuccessful else { throw ExitCode.failure }
    }
}

extension MigrationReport.Outcome {
    /// What became of the database, for the terminal.
    fileprivate var line: String {
        if let failure { return "\(database): failed: \(failure)" }
        if applied.isEmpty { return "\(database): up to date (\(version ?? "empty"))" }
        return "\(database): applied \(applied.joined(separator: ", "))"
    }
}
