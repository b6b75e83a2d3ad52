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
        var planned: [Plan: [String]] = [:]
        for outcome in report.outcomes where outcome.failure == nil {
            planned[Plan(outcome), default: []].append(outcome.database)
        }
        for (plan, databases) in planned.sorted(by: { $0.value[0] < $1.value[0] }) {
            let drift = plan.hasDrifted ? " (tables were changed by hand)" : ""
            let isNothing = plan.names.isEmpty && plan.grants.isEmpty
            print("-- \(databases.joined(separator: ", ")): \(isNothing ? "up to date" : "in one transaction")\(drift)")
            for name in plan.names { print("-- \(name)\n\(Migrator.text(ofMigration: name) ?? "")") }
            if !plan.grants.isEmpty { print("-- the privileges of the server's role\n\(plan.grants);") }
        }
        for outcome in report.outcomes {
            if let failure = outcome.failure { print("-- \(outcome.database): failed: \(failure)") }
        }
        guard report.isSuccessful else { throw ExitCode.failure }
    }
}

/// What would be done in a database.
private struct Plan: Hashable {
    let names: [String]
    let grants: String
    let hasDrifted: Bool

    init(_ outcome: MigrationReport.Outcome) {
        names = outcome.applied
        grants = outcome.grants
        hasDrifted = outcome.hasDrifted
    }
}
