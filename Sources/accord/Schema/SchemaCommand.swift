import ArgumentParser

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Describes the databases' tables.", subcommands: [SchemaDoc.self])
}
