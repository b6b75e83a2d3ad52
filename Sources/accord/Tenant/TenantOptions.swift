import AccordAdapters
import AccordServer
import ArgumentParser

/// What all commands about tenants take.
struct TenantOptions: ParsableArguments {
    @OptionGroup var settings: SettingsOptions

    /// Lends what works on tenants with the settings.
    func withAdministration<Value>(_ body: (TenantAdministration) async throws -> Value) async throws -> Value {
        let configuration = try MigrationConfiguration(await settings.reader())
        let logger = configuration.log.bootstrap()
        return try await configuration.withTenantAdministration(logger: logger, body)
    }
}
