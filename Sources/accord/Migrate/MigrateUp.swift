import AccordAdapters
import ArgumentParser
import Foundation

struct MigrateUp: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up", abstract: "Applies what the databases lack. This is what `accord migrate` does.",
        discussion: """
            One tenant goes first and alone; should it fail, so does the next. If both fail, no other is touched.
            """
    )

    @OptionGroup var options: MigrateOptions

    @Flag(help: "Does what accord migrate plan does.")
    var dryRun = false

    @Flag(help: "Doesn't ask before --env prod.")
    var yes = false

    func run() async throws {
        if dryRun { return try await options.plan() }
        try confirm()
        let report = try await options.withMigrator { migrator in
            var progress = MigrationProgress()
            let report = await migrator.run(tenant: options.tenant) { progress.show($0, of: $1) }
            progress.end()
            return report
        }
        print(report.summary)
        guard report.isSuccessful else { throw ExitCode.failure }
    }

    /// Nobody migrates production by a slip of the finger.
    private func confirm() throws {
        guard let name = options.environment, ["prod", "production"].contains(name.lowercased()), !yes else { return }
        guard isatty(STDIN_FILENO) == 1 else {
            throw ValidationError("--env \(name) asks before it migrates: add --yes where nobody can answer.")
        }
        print("Migrate the databases of \(name)? Type its name to go on: ", terminator: "")
        fflush(nil)
        guard readLine() == name else {
            print("\nNothing was done.")
            throw ExitCode.failure
        }
    }
}

extension MigrationReport {
    /// One sentence about all databases.
    fileprivate var summary: String {
        let failed = outcomes.count { $0.failure != nil }
        let migrated = outcomes.count { !$0.applied.isEmpty }
        let current = outcomes.count - failed - migrated
        let databases = MigrationProgress.databases(outcomes.count)
        return "\(databases): \(migrated) migrated, \(current) up to date, \(failed) failed."
    }
}
