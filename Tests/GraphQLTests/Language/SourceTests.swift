import Testing

@testable import GraphQL

struct SourceTests {
    @Test(arguments: [
        ("", 0, 1, 1),
        ("abc", 2, 1, 3),
        ("abc", 3, 1, 4),
        ("abc", 99, 1, 4),
        ("a\nb", 1, 1, 2),
        ("a\nb", 2, 2, 1),
        ("a\rb", 2, 2, 1),
        ("a\r\nb", 3, 2, 1),
        ("a\n\rb", 3, 3, 1),
        ("a\r\r\n\nb", 5, 4, 1),
        ("é😀x", 6, 1, 3),
        ("\u{FEFF}x", 3, 1, 2),
        ("e\u{301}x", 3, 1, 3),
        ("a\u{2028}b\u{B}c", 4, 1, 3),
    ])
    func `a location counts lines and code points`(_ text: String, _ offset: UInt32, _ line: Int, _ column: Int) {
        #expect(Source(text).location(at: offset) == GraphQL.SourceLocation(line: line, column: column))
    }

    @Test func `the text is followed by zeros`() {
        #expect(Source("ab").bytes == [97, 98] + ContiguousArray(repeating: 0, count: 16))
        #expect(Source("ab").count == 2)
        #expect(Source("aé")[1..<3] == "é")
    }

    @Test(
        arguments: [
            ([0x7B, 0xFF, 0x7D], GraphQL.SourceLocation(line: 1, column: 2)),
            ([0x23, 0x0A, 0xC3, 0x28], GraphQL.SourceLocation(line: 2, column: 1)),
            ([0xED, 0xA0, 0x80], GraphQL.SourceLocation(line: 1, column: 1)),
            ([0x20, 0xF0, 0x9F, 0x98], GraphQL.SourceLocation(line: 1, column: 2)),
        ] as [([UInt8], GraphQL.SourceLocation)])
    func `bytes that are no UTF-8 are a syntax error`(_ bytes: [UInt8], _ location: GraphQL.SourceLocation) {
        #expect(syntaxError(in: bytes) == GraphQLError("Syntax Error: Invalid UTF-8.", locations: [location]))
    }
}

/// What parsing a text as a document throws.
func syntaxError(in text: String, limits: ParserLimits = ParserLimits()) -> GraphQLError? {
    syntaxError(in: Array(text.utf8), limits: limits)
}

/// What parsing bytes as a document throws.
func syntaxError(in bytes: [UInt8], limits: ParserLimits = ParserLimits()) -> GraphQLError? {
    do throws(SyntaxError) {
        _ = try Document(parsing: bytes, limits: limits)
        return nil
    } catch {
        return error.graphQLError
    }
}
