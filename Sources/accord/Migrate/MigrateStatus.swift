import AccordAdapters
import ArgumentParser

struct MigrateStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Says what each database lacks. Changes nothing.",
        discussion: """
            Ends with status 1 when a database lacks something, can't be reached, or was changed by hand, and when the \
            server's role has not the privileges that it should have there.
            """
    )

    @OptionGroup var options: MigrateOptions

    func run() async throws {
        let statuses = try await options.withMigrator { await $0.status(tenant: options.tenant) }
        for status in statuses { print("\(status.database): \(status.sentence)") }
        guard statuses.allSatisfy(\.isUpToDate) else { throw ExitCode.failure }
    }
}

extension MigrationStatus {
    fileprivate var sentence: String {
        if let failure { return "\(failure)" }
        let drift = hasDrifted ? "; its tables were changed by hand since" : ""
        let last = history.last.map(\.name) ?? "never migrated"
        guard pending.isEmpty else { return "lacks \(pending.joined(separator: ", "))\(drift)" }
        let privileges = privilegeGaps.clause.map { "; \($0): run accord migrate" } ?? ""
        return "up to date (\(last))\(privileges)\(drift)"
    }
}
