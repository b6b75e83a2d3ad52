import AccordAdapters
import AccordDevelopment
import ArgumentParser
import Logging

struct MigrateLint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Finds faults in the migrations, by building databases with them and reading the catalog.",
        discussion: """
            A PostgreSQL of its own is started and deleted; no setting is read and no other database touched. Ends with \
            status 1 when something is found.
            """
    )

    @Option(
        help: ArgumentHelp(
            "The folder of migrations, with central and tenant in it. Otherwise those in this program are checked.",
            valueName: "FOLDER"))
    var folder: String?

    func run() async throws {
        let report = try await ScratchDatabases.lend(logger: Logger(label: "accord") { _ in SwiftLogNoOpLogHandler() })
        { scratch in
            try await MigrationLint(pool: scratch.pool).run(
                folder: folder, central: scratch.central, tenant: scratch.tenant)
        }
        for finding in report.findings { print(finding) }
        for table in report.unfilled { print("Later migrations were tried without a row in \(table).") }
        print("\(report.findings.count) found.")
        guard report.findings.isEmpty else { throw ExitCode.failure }
    }
}
