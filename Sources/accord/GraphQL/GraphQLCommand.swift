import ArgumentParser

/// Tools for those who live with schemas. None of them needs a server or its settings.
struct GraphQLCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graphql",
        abstract: "Tools for GraphQL schemas and documents.",
        discussion: """
            A schema is one or more files of type-system definitions, or the JSON answer to an introspection query. \
            "-" stands for standard input. What is wrong is printed as file:line:column: message, and the exit status \
            is 1 then.
            """,
        subcommands: [Validate.self, Print.self, Introspect.self, Diff.self, Lint.self, Conform.self]
    )
}
