package import GraphQL

/// Holds documents against a schema.
package enum DocumentValidation {
    /// What is wrong with documents: mistakes of syntax, and rules of section 5 that are broken.
    ///
    /// - Parameters:
    ///   - files: the documents.
    ///   - schema: what they are to be executed against.
    ///   - together: whether all files are one document, so that fragments are found across files. Otherwise each is
    ///     one of its own.
    /// - Returns: the problems, those of one file together.
    package static func problems(in files: [SourceFile], against schema: Schema, together: Bool) -> [Problem] {
        guard !together else { return problems(in: files, against: schema) }
        return files.flatMap { problems(in: [$0], against: schema) }
    }

    private static func problems(in files: [SourceFile], against schema: Schema) -> [Problem] {
        guard !files.isEmpty else { return [] }
        do throws(Problems) {
            let joined = try JoinedDocument(files)
            return schema.validate(joined.document).map(joined.problem)
        } catch {
            return error.list
        }
    }
}
