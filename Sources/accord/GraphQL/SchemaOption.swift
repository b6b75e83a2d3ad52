import ArgumentParser
import GraphQLTools

/// The schema that a command works with.
struct SchemaOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The schema. Repeat it for a schema of several files; - is standard input.", valueName: "file"))
    var schema: [String]

    /// - Throws: `Problems`, all of them.
    func load() throws(Problems) -> LoadedSchema {
        try LoadedSchema(try SourceFile.read(schema))
    }

    func validate() throws {
        guard !schema.isEmpty else { throw ValidationError("Name the schema: --schema FILE.") }
    }
}
