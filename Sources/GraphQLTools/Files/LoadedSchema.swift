package import GraphQL

/// A schema, and the files that it comes from.
package struct LoadedSchema: Sendable {
    package let schema: Schema
    /// The definitions. Of an introspection result, they are what it describes.
    package let source: JoinedDocument
    /// The file that holds an introspection result; nil when the schema comes from definitions, which have places.
    package let introspectionFile: String?

    /// Builds the schema that files make together: type-system definitions and extensions, or the JSON answer to an
    /// introspection query, which is a schema by itself.
    ///
    /// - Throws: every mistake of the first step that finds some.
    package init(_ files: [SourceFile]) throws(Problems) {
        if let result = files.first(where: \.isJSON) {
            guard files.count == 1 else {
                throw Problems([
                    Problem(
                        "An introspection result is a whole schema: no other file can add to it.", file: result.name)
                ])
            }
            introspectionFile = result.name
            source = try JoinedDocument(introspection: result)
        } else {
            introspectionFile = nil
            source = try JoinedDocument(files)
        }
        if let definition = source.document.definitions.first(where: { [.operation, .fragment].contains($0.kind) }) {
            throw Problems([
                Problem(
                    "A schema has no operations and fragments: this is a document to be executed.",
                    places: [source.place(definition.offset)])
            ])
        }
        do throws(SchemaErrors) {
            schema = try Schema(source.document)
        } catch {
            let (source, introspectionFile) = (source, introspectionFile)
            throw Problems(
                error.list.map { error in
                    if let introspectionFile { return Problem(error.message, file: introspectionFile) }
                    let own = error.places.filter { $0.document === source.document }
                    return source.problem(GraphQLError(error.message, locations: own.map(\.location)))
                })
        }
    }

    /// The place of an element's definition; nil where there is none.
    package func place(_ offset: UInt32) -> FilePlace? {
        introspectionFile == nil ? source.place(offset) : nil
    }
}

extension JoinedDocument {
    /// The definitions that an introspection result describes.
    fileprivate init(introspection file: SourceFile) throws(Problems) {
        let answer: Value
        do throws(JSONError) {
            answer = try JSONParser.parse(file.bytes)
        } catch {
            throw Problems([Problem("\(error)", file: file.name)])
        }
        let result: IntrospectionResult
        do throws(Problem) {
            result = try IntrospectionResult(answer)
        } catch {
            throw Problems([Problem(error.message, file: file.name)])
        }
        try self.init([SourceFile(name: file.name, text: result.definitions.joined(separator: "\n\n"))])
    }
}
