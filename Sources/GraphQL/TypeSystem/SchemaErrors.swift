/// All that is wrong with a schema.
package struct SchemaErrors: Error, Sendable {
    /// How many errors are reported. One more is looked for, to know whether there are more.
    package static let maximum = 100

    package let list: [SchemaError]

    /// The errors up to the limit, with a note when there are more.
    static func limited(_ errors: [SchemaError]) -> [SchemaError] {
        guard errors.count > maximum else { return errors }
        return errors.prefix(maximum) + [SchemaError(ValidationFindings.aborted, [])]
    }

    /// The errors as entries of a response, each with the places in the document that its last place is in.
    package var errors: [GraphQLError] { list.map(\.graphQLError) }
}

/// One thing that is wrong with a schema.
package struct SchemaError: Sendable {
    /// Names the place by its schema coordinate, as graphql-js does.
    package let message: String
    /// The places that it is about.
    package let places: [SourcePlace]

    init(_ message: String, _ places: [SourcePlace]) {
        self.message = message
        self.places = places
    }

    package var graphQLError: GraphQLError {
        let document = places.last?.document
        let own = places.filter { $0.document === document }
        // Reading the text for each of many places would take too long.
        let table = own.count > 8 ? document.map { LocationTable($0.source) } : nil
        return GraphQLError(message, locations: own.map { table?.location(at: $0.offset) ?? $0.location })
    }
}

/// A byte offset in one of the documents that a schema is made of.
package struct SourcePlace: Sendable {
    package let document: Document
    package let offset: UInt32

    init(_ document: Document, _ offset: UInt32) {
        self.document = document
        self.offset = offset
    }

    package var location: SourceLocation { document.location(offset) }
}
