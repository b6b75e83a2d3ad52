import AccordAdapters
import AccordDevelopment
import ArgumentParser
import Foundation
import Logging

struct SchemaDoc: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doc",
        abstract: "Writes docs/schema.md: tables, columns, keys and a diagram, from the catalog.",
        discussion: "A PostgreSQL of its own is started, migrated and deleted; no other database is touched."
    )

    @Option(help: ArgumentHelp("The file to write.", valueName: "FILE"))
    var output = "docs/schema.md"

    func run() async throws {
        let logger = Logger(label: "accord") { _ in SwiftLogNoOpLogHandler() }
        let text = try await ScratchDatabases.lend(logger: logger) { scratch in
            try await SchemaDocument(pool: scratch.pool, logger: logger).text(
                central: scratch.central, tenant: scratch.tenant)
        }
        do {
            try Data(text.utf8).write(to: URL(filePath: output), options: .atomic)
        } catch {
            throw ValidationError("\(output) can't be written: \(error.localizedDescription)")
        }
        print("\(output) is written.")
    }
}
