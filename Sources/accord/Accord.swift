import ArgumentParser

@main
struct Accord: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accord",
        abstract: "Connections between companies, and the agreement behind each: a GraphQL server.",
        discussion: """
            Try it:           accord dev
            In production:    accord migrate, accord tenant create, then accord serve
            What is wrong?    accord doctor

            Settings come from flags, the environment and an .env file, in this order; docs/configuration.md lists them.
            """,
        subcommands: [
            Serve.self, DoctorCommand.self, Migrate.self, TenantCommand.self, Reconcile.self, AuditCommand.self,
            SchemaCommand.self, Dev.self, Token.self, GraphQLCommand.self,
        ]
    )
}
