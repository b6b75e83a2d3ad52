import ArgumentParser
import GraphQL
import GraphQLTools

extension GraphQLCommand {
    struct Diff: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compares two schemas: what breaks, what is dangerous, what is safe.",
            discussion: """
                Breaking changes make some operations invalid, or values of their variables; dangerous ones may give \
                them what they don't expect. The exit status is 1 when a change breaks something, else 0.
                """
        )

        @Argument(help: ArgumentHelp("The schema as it was.", valueName: "old"))
        var old: String

        @Argument(help: ArgumentHelp("The schema as it will be.", valueName: "new"))
        var new: String

        @Flag(help: "Prints one JSON object: changes (severity, kind, coordinate, message).")
        var json = false

        func run() throws {
            let (old, new) = try reportingProblems {
                (try LoadedSchema([try SourceFile.read(old)]), try LoadedSchema([try SourceFile.read(new)]))
            }
            let changes = SchemaDiff.changes(from: old.schema, to: new.schema)
            if json {
                print(Value.object([ObjectField("changes", .list(changes.map(\.json)))]).indentedJSON)
            } else {
                for change in changes { print(change) }
            }
            if changes.contains(where: { $0.severity == .breaking }) { throw ExitCode.failure }
        }
    }
}
