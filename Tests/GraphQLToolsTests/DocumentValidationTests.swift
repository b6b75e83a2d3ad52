import GraphQL
import GraphQLTools
import Testing

/// Documents of several files against a schema.
@Suite struct DocumentValidationTests {
    static let files = [
        SourceFile(name: "good", text: "query A { a }"),
        SourceFile(name: "fragment", text: "\nfragment F on Query { a }"),
        SourceFile(name: "spread", text: "query B { ...F\n  c }"),
        SourceFile(name: "broken", text: "query {"),
        SourceFile(name: "empty", text: ""),
    ]

    @Test(arguments: [
        (
            false, 0..<5,
            [
                "fragment:2:1: Fragment \"F\" is never used.",
                "spread:1:14: Unknown fragment \"F\".",
                "spread:2:3: Cannot query field \"c\" on type \"Query\". Did you mean \"a\"?",
                "broken:1:8: Syntax Error: Expected Name, found <EOF>.",
                "empty:1:1: Syntax Error: Unexpected <EOF>.",
            ]
        ),
        (true, 0..<3, ["spread:2:3: Cannot query field \"c\" on type \"Query\". Did you mean \"a\"?"]),
        (
            true, 0..<5,
            [
                "broken:1:8: Syntax Error: Expected Name, found <EOF>.",
                "empty:1:1: Syntax Error: Unexpected <EOF>.",
            ]
        ),
        (true, 0..<0, []),
        (false, 0..<1, []),
    ])
    func `files are documents of their own, or one together`(together: Bool, range: Range<Int>, lines: [String]) throws
    {
        let schema = try Schema(Document(parsing: "type Query { a: Int }"))
        let problems = DocumentValidation.problems(
            in: Array(Self.files[range]), against: schema, together: together)
        #expect(problems.map(\.description) == lines)
    }

    @Test func `a problem has all its places for programs`() throws {
        let schema = try Schema(Document(parsing: "type Query { a: Int }"))
        let problems = DocumentValidation.problems(
            in: [SourceFile(name: "x", text: "query A { a }"), SourceFile(name: "y", text: "query A { a }")],
            against: schema, together: true)
        let places = [("x", 7), ("y", 7)].map { file, column in
            FilePlace(file: file, location: SourceLocation(line: 1, column: column)).json
        }
        #expect(
            problems.map(\.json) == [
                .object([
                    ObjectField("message", .string("There can be only one operation named \"A\".")),
                    ObjectField("file", .string("x")),
                    ObjectField("locations", .list(places)),
                ])
            ])
    }
}
