import ArgumentParser
import GraphQL
import GraphQLTools

extension GraphQLCommand {
    struct Introspect: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Turns a schema into its introspection result, and back.",
            discussion: """
                From type-system definitions, the JSON answer to the introspection query is made, deprecated elements \
                and all. From such an answer (the whole of it, or what is in its member data) the definitions are made.
                """
        )

        @Flag(help: "Prints the introspection query instead, to send it to a service.")
        var query = false

        @ArgumentParser.Argument(
            help: ArgumentHelp(
                "The schema: definitions in one or more files, or one introspection result.", valueName: "file"))
        var files: [String] = []

        func validate() throws {
            guard query != !files.isEmpty else { throw ValidationError("Name the schema's files, or use --query.") }
        }

        func run() async throws {
            if query { return print(IntrospectionQuery.text) }
            let text = try await reportingProblems {
                let schema = try LoadedSchema(try SourceFile.read(files))
                guard schema.introspectionFile == nil else { return SchemaPrinter.print(schema.schema) }
                return try await IntrospectionQuery.answer(of: schema.schema).indentedJSON
            }
            print(text)
        }
    }
}
