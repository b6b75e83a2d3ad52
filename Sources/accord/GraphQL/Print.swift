import ArgumentParser
import GraphQL
import GraphQLTools

extension GraphQLCommand {
    struct Print: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints documents, or a schema, in canonical form.",
            discussion: """
                A document keeps all but its comments. With --schema, the files are one schema: it is built and checked, \
                extensions are merged into their types, and directives of your own that definitions carry are left out.
                """
        )

        @Flag(help: "Builds one schema of the files and prints that.")
        var schema = false

        @ArgumentParser.Argument(help: ArgumentHelp("What to print; - is standard input.", valueName: "file"))
        var files: [String]

        func run() throws {
            try reportingProblems {
                let sources = try SourceFile.read(files)
                if schema {
                    print(SchemaPrinter.print(try LoadedSchema(sources).schema))
                } else {
                    print(Printer.print(try JoinedDocument(sources).document))
                }
            }
        }
    }
}
