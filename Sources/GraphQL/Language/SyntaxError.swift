/// Why a text is no GraphQL document, and where.
///
/// The parser stops at the first. The wording is that of graphql-js, which clients and tools match on.
package struct SyntaxError: Error, Hashable, Sendable {
    /// Begins with `Syntax Error: `.
    package let message: String
    package let location: SourceLocation

    init(_ description: String, at offset: UInt32, in source: Source) {
        message = "Syntax Error: " + description
        location = source.location(at: offset)
    }

    /// The request error that a client sees, still without a code.
    package var graphQLError: GraphQLError { GraphQLError(message, locations: [location]) }
}
