import ArgumentParser

struct TenantCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant",
        abstract: "Makes tenants, lists, stops and deletes them.",
        discussion: """
            A command that was interrupted can be run again: it goes on where it stopped. The central database is \
            reached as ACCORD_MIGRATION_DATABASE_URL says, or ACCORD_DATABASE_URL.
            """,
        subcommands: [
            TenantCreate.self, TenantList.self, TenantShow.self, TenantDeactivate.self, TenantActivate.self,
            TenantDrop.self,
        ]
    )
}
