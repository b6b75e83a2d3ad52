import GraphQL

extension FuzzTarget {
    /// Definitions make a schema, which is printed as definitions that make the same; or there are errors, not too many
    /// and within the text.
    static func schemaProblem(_ input: [UInt8]) -> String? {
        guard let document = try? Document(parsing: input) else { return nil }
        if let problem = listProblem(Schema.validateSDL([document]).map(\.graphQLError), input) { return problem }
        do throws(SchemaErrors) {
            let printed = SchemaPrinter.print(try Schema(document))
            return roundTripProblem(ofSchema: printed)
        } catch {
            if error.list.isEmpty { return "refused without an error" }
            return listProblem(error.errors, input)
        }
    }

    private static func roundTripProblem(ofSchema printed: String) -> String? {
        do {
            let again = SchemaPrinter.print(try Schema(try Document(parsing: printed, limits: .trusted)))
            return again == printed ? nil : "printed differently the second time: \(printed)"
        } catch {
            return "what was printed is refused: \(error) in \(printed)"
        }
    }
}
