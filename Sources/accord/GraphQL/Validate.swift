import ArgumentParser
import GraphQL
import GraphQLTools

extension GraphQLCommand {
    struct Validate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks documents against a schema.",
            discussion: """
                Each file is a document of its own, unless --together says otherwise. Every problem is printed as \
                file:line:column: message. A file that can't be read doesn't keep the others from being checked. The \
                exit status is 0 when all is well, else 1.
                """
        )

        @OptionGroup var schema: SchemaOption

        @Flag(help: "Takes all files as one document: operations find their fragments in other files.")
        var together = false

        @Flag(help: "Prints one JSON object: valid, errors (message, file, locations).")
        var json = false

        @ArgumentParser.Argument(help: ArgumentHelp("The documents; - is standard input.", valueName: "file"))
        var files: [String]

        func run() throws {
            let problems = problems()
            if json {
                print(
                    Value.object([
                        ObjectField("valid", .boolean(problems.isEmpty)),
                        ObjectField("errors", .list(problems.map(\.json))),
                    ]).indentedJSON)
            } else {
                for problem in problems { print(problem) }
            }
            guard problems.isEmpty else { throw ExitCode.failure }
        }

        /// All that is wrong with the documents; with the schema, when that can't be used.
        private func problems() -> [Problem] {
            let loaded: LoadedSchema
            do throws(Problems) { loaded = try schema.load() } catch { return error.list }
            var sources: [SourceFile] = []
            var problems: [Problem] = []
            for file in files {
                do throws(Problem) { sources.append(try SourceFile.read(file)) } catch { problems.append(error) }
            }
            return problems + DocumentValidation.problems(in: sources, against: loaded.schema, together: together)
        }
    }
}
