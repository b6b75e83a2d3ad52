/// One entry of the response's `errors`.
///
/// Spec: 7.1.6 Errors
@usableFromInline package struct GraphQLError: Error, Hashable, Sendable {
    /// A sentence for the client.
    package var message: String
    /// The places in the document that it is about, in source order.
    package var locations: [SourceLocation]
    /// The response position of an execution error; nil for a request error.
    package var path: ResponsePath?
    /// Further members for programs, `code` among them.
    package var extensions: [ObjectField]

    package init(
        _ message: String,
        locations: [SourceLocation] = [],
        path: ResponsePath? = nil,
        extensions: [ObjectField] = []
    ) {
        self.message = message
        self.locations = locations
        self.path = path
        self.extensions = extensions
    }
}

/// A place in a document. Both count from 1; a column counts Unicode code points.
///
/// Spec: 7.1.6 Errors, `locations`
@usableFromInline package struct SourceLocation: Hashable, Sendable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

/// The way from the root of the response to a response position.
///
/// Spec: 7.1.6 Errors, `path`
@usableFromInline package typealias ResponsePath = [PathSegment]

/// A step of a `ResponsePath`: the response name of a field, or a list index counted from 0.
@usableFromInline package enum PathSegment: Hashable, Sendable {
    case name(String)
    case index(Int)
}
