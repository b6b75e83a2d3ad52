package import GraphQL

/// A schema, and the files that it comes from.
package struct LoadedSchema: Sendable {
    package let schema: Schema
    /// The definitions, with their places.
    package let source: JoinedDocument

    /// Builds the schema that files of type-system definitions and extensions make together.
    ///
    /// - Throws: every mistake of the first step that finds some.
    package init(_ files: [SourceFile]) throws(Problems) {
        let source = try JoinedDocument(files)
        self.source = source
        if let definition = source.document.definitions.first(where: { $0.kind == .operation || $0.kind == .fragment })
        {
            throw Problems([
                Problem(
                    "A schema has no operations and fragments: this is a document to be executed.",
                    places: [source.place(definition.offset)])
            ])
        }
        do throws(SchemaErrors) {
            schema = try Schema(source.document)
        } catch {
            throw Problems(
                error.list.map { error in
                    let own = error.places.filter { $0.document === source.document }
                    return source.problem(GraphQLError(error.message, locations: own.map(\.location)))
                })
        }
    }
}
