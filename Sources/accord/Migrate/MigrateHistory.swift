import AccordAdapters
import ArgumentParser
import Foundation

struct MigrateHistory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Says what was applied to each database, when, by whom, and how long it took."
    )

    @OptionGroup var options: MigrateOptions

    func run() async throws {
        let statuses = try await options.withMigrator { await $0.status(tenant: options.tenant) }
        for status in statuses {
            for entry in status.history { print("\(status.database): \(entry.line)") }
            if let failure = status.failure { print("\(status.database): \(failure)") }
        }
        guard statuses.allSatisfy({ $0.failure == nil }) else { throw ExitCode.failure }
    }
}

extension MigrationEntry {
    fileprivate var line: String {
        let duration = milliseconds.map { ", \($0) ms" } ?? ""
        return "\(name), \(appliedAt.formatted(.iso8601)), by \(appliedBy ?? "unknown")\(duration)"
    }
}
