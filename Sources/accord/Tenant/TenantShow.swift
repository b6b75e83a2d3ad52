import AccordAdapters
import ArgumentParser
import Foundation

struct TenantShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows what is known of a tenant, without passwords.")

    @OptionGroup var options: TenantOptions

    @ArgumentParser.Argument(help: "The tenant's url.")
    var url: String

    func run() async throws {
        let tenant = try await options.withAdministration { try await $0.tenant(url) }
        print(
            """
            url:          \(tenant.url)
            name:         \(tenant.name)
            organization: \(tenant.organization)
            id:           \(tenant.id.uuidString.lowercased())
            state:        \(tenant.isActive ? "active" : "inactive")
            database:     \(tenant.database)
            version:      \(tenant.schemaVersion ?? "never migrated")
            created:      \(tenant.createdAt?.formatted(.iso8601) ?? "unknown")
            """)
    }
}
