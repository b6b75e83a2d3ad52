import AccordAdapters
import AccordCore
import AccordServer
import ArgumentParser
import Foundation

struct AuditExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes audit logs to standard output, one entry a line, as JSON.",
        discussion: """
            The oldest entries come first, those of one tenant after those of another. --after goes on where an earlier \
            export has ended.

            Exit status: 0 when all was written, 1 when a log could not be read, 64 when the command line is wrong.
            """
    )

    @OptionGroup var tenants: MeantTenants

    @Option(help: ArgumentHelp("Leaves out the entries up to this one. Goes with --tenant.", valueName: "N"))
    var after = 0

    @OptionGroup var settings: SettingsOptions

    func validate() throws {
        guard after >= 0 else { throw ValidationError("--after takes the number of an entry.") }
        guard after == 0 || tenants.tenant != nil else { throw ValidationError("--after goes with --tenant.") }
    }

    func run() async throws {
        let configuration = try AuditConfiguration(await settings.reader())
        let logger = configuration.log.bootstrap()
        let isWell = try await configuration.withDatabases(logger: logger) { databases, active in
            let export = AuditExport(databases: databases)
            return try await tenants.areWell(
                among: active, tellFailure: { FileHandle.standardError.write(Data("\($0)\n".utf8)) }
            ) { tenant throws(AccordError) in
                try await export.export(tenant, after: after) { print($0) }
                return true
            }
        }
        guard isWell else { throw ExitCode.failure }
    }
}
