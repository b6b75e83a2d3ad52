import ArgumentParser
import GraphQL
import GraphQLTools

extension GraphQLCommand {
    struct Diff: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compares two schemas: what breaks, what is dangerous, what is safe.",
            discussion: """
                Breaking changes make some operations invalid, or values of their variables; dangerous ones may give \
                them what they don't expect. With --documents, the operations that break are named, each with the \
                changes that break it. The exit status is 1 when a change is breaking, whoever it concerns, else 0.
                """
        )

        @ArgumentParser.Argument(help: ArgumentHelp("The schema as it was.", valueName: "old"))
        var old: String

        @ArgumentParser.Argument(help: ArgumentHelp("The schema as it will be.", valueName: "new"))
        var new: String

        @Option(
            parsing: .upToNextOption,
            help: ArgumentHelp(
                "Documents whose operations may break. Fragments are found across files.", valueName: "file"))
        var documents: [String] = []

        @Flag(
            help: """
                Prints one JSON object: changes (severity, kind, coordinate, message) and operations (operation, type, \
                file, line, column, effect, errors, changes).
                """)
        var json = false

        func run() throws {
            let (earlier, later, operations) = try reportingProblems {
                let sources = try SourceFile.read([old, new] + documents)
                return (
                    try LoadedSchema([sources[0]]).schema, try LoadedSchema([sources[1]]).schema,
                    documents.isEmpty ? nil : try JoinedDocument(Array(sources.dropFirst(2)))
                )
            }
            let changes = SchemaDiff.changes(from: earlier, to: later)
            let impacts =
                operations.map { OperationImpact.impacts(of: changes, from: earlier, to: later, on: $0) } ?? []
            if json {
                print(
                    Value.object([
                        ObjectField("changes", .list(changes.map(\.json))),
                        ObjectField("operations", .list(impacts.map(\.json))),
                    ]).indentedJSON)
            } else {
                for change in changes { print(change) }
                for impact in impacts { print(impact) }
            }
            if changes.contains(where: { $0.severity == .breaking }) { throw ExitCode.failure }
        }
    }
}
