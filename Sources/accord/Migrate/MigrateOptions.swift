import AccordAdapters
import AccordServer
import ArgumentParser

/// What all commands about migrations take.
struct MigrateOptions: ParsableArguments {
    @OptionGroup var settings: SettingsOptions

    @Option(
        name: .customLong("env"),
        help: ArgumentHelp("Takes the settings from the file .env.NAME instead of .env.", valueName: "NAME"))
    var environment: String?

    @Option(help: ArgumentHelp("The one tenant that is meant, and no other database.", valueName: "URL"))
    var tenant: String?

    @Option(help: ArgumentHelp("How many tenants at a time, 1 to 64. (default: 2)", valueName: "N"))
    var parallel: Int?

    func validate() throws {
        if environment != nil, settings.envFile != nil {
            throw ValidationError("--env and --env-file both name a file of settings.")
        }
        if let parallel, !(1...64).contains(parallel) { throw ValidationError("--parallel takes 1 to 64.") }
    }

    /// Lends a migrator that works with the settings.
    func withMigrator<Value>(_ body: (Migrator) async throws -> Value) async throws -> Value {
        var settings = settings
        if let environment { settings.envFile = ".env.\(environment)" }
        let configuration = try MigrationConfiguration(await settings.reader())
        let logger = configuration.log.bootstrap()
        return try await configuration.withMigrator(parallel: parallel, logger: logger, body)
    }
}
