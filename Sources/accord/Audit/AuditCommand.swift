import AccordCore
import ArgumentParser

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Verifies and exports the tenants' audit logs.",
        discussion: "Takes the settings of accord serve for databases. docs/audit.md describes the log.",
        subcommands: [AuditVerify.self, AuditExportCommand.self]
    )
}

/// Whose logs are meant.
struct AuditTenants: ParsableArguments {
    @Option(help: ArgumentHelp("The one tenant that is meant. (default: all active ones)", valueName: "URL"))
    var tenant: String?

    /// Those among the active tenants.
    ///
    /// - Throws: `ValidationError` when there is none of this url.
    func meant(_ tenants: [Tenant]) throws -> [Tenant] {
        let meant = tenants.filter { tenant == nil || $0.url == tenant }
        guard tenant == nil || !meant.isEmpty else {
            throw ValidationError("There is no active tenant with the url \(tenant ?? "").")
        }
        return meant
    }
}
