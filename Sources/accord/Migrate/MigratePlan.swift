import AccordAdapters
import ArgumentParser

struct MigratePlan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Prints the SQL that would be executed, and proves it by executing it and rolling it back."
    )

    @OptionGroup var options: MigrateOptions

    func run() async throws { try await options.plan() }
}

extension MigrateOptions {
    /// Prints what databases lack, once it has been executed and rolled back.
    func plan() async throws {
        let report = try await withMigrator { await $0.run(tenant: tenant, mode: .rehearse) }
        // Databases that lack the same are shown together.
        var planned: [[String]: [String]] = [:]
        for outcome in report.outcomes where outcome.failure == nil {
            planned[outcome.applied, default: []].append(outcome.database)
        }
        for (names, databases) in planned.sorted(by: { $0.value[0] < $1.value[0] }) {
            print("-- \(databases.joined(separator: ", ")): \(names.isEmpty ? "up to date" : "in one transaction")")
            for name in names { print("-- \(name)\n\(Migrator.text(ofMigration: name) ?? "")") }
        }
        for outcome in report.outcomes {
            if let failure = outcome.failure { print("-- \(outcome.database): failed: \(failure)") }
        }
        guard report.isSuccessful else { throw ExitCode.failure }
    }
}
