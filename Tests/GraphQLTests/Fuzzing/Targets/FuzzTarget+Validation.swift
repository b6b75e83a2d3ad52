import GraphQL

extension FuzzTarget {
    /// Validation ends, with errors that are not too many and lie within the text, and comes to the same each time.
    static func validationProblem(_ input: [UInt8]) -> String? {
        guard let document = try? Document(parsing: input) else { return nil }
        let schema = FuzzSchema.executable.schema
        let errors = schema.validate(document)
        if let problem = listProblem(errors, input) { return problem }
        return schema.validate(document) == errors ? nil : "other errors the second time"
    }
}
