import ArgumentParser

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Verifies and exports the tenants' audit logs.",
        discussion: "Takes the settings of accord serve for databases. docs/audit.md describes the log.",
        subcommands: [AuditVerify.self, AuditExportCommand.self]
    )
}
