import AccordAdapters
import ArgumentParser

struct TenantList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists all tenants, a line each: url, organization, state, version, name.")

    @OptionGroup var options: TenantOptions

    func run() async throws {
        for tenant in try await options.withAdministration({ try await $0.all() }) {
            let state = tenant.isActive ? "active" : "inactive"
            let columns = [tenant.url, tenant.organization, state, tenant.schemaVersion ?? "-", tenant.name]
            print(columns.joined(separator: "\t"))
        }
    }
}
