import Testing

@testable import GraphQL

/// The limits that a document is held to as a whole.
@Suite struct DocumentLimitsTests {
    @Test(
        arguments: [
            (\Limits.sourceBytes, "{ items { id } } # é", 21, "Syntax Error: Document is longer than 20 bytes.", 1, 1),
            (\Limits.tokens, "{ items { id } }", 6, "Syntax Error: Document contains more than 5 tokens.", 1, 16),
            (
                \Limits.nestingDepth, "{ items { id } }", 2,
                "Syntax Error: Document is nested more than 1 levels deep.", 1, 9
            ),
        ] as [(any WritableKeyPath<Limits, Int?> & Sendable, String, Int, String, Int, Int)])
    func `a text is held to the limits of the parser`(
        _ limit: any WritableKeyPath<Limits, Int?> & Sendable, _ document: String, _ count: Int, _ message: String,
        _ line: Int, _ column: Int
    ) throws {
        for maximum in [count + 1, count, nil] { #expect(try errors(limit, maximum, document) == []) }
        let location = GraphQL.SourceLocation(line: line, column: column)
        #expect(try errors(limit, count - 1, document) == [GraphQLError(message, locations: [location])])
    }

    @Test(arguments: [
        ("query @a @a @a { items { id } }", 13),
        ("query($a: Int @a @a @a) { items { id } }", 21),
        ("{ items @a { id @a @a @a } }", 23),
        ("{ ...F @a @a @a } fragment F on Query { numbers }", 14),
        ("{ ... @a @a @a { numbers } }", 13),
        ("{ ...F } fragment F on Query @a @a @a { numbers @a @a @a }", 36),
    ])
    func `directives in one place are limited, known or not`(_ document: String, _ column: Int) throws {
        let tooMany = GraphQLError(
            "There are 3 directives in one place; the limit is 2.",
            locations: [GraphQL.SourceLocation(line: 1, column: column)])
        #expect(try errors(\.directivesPerPlace, 2, document) == [tooMany])
        for maximum in [3, 4, nil] {
            let messages = try errors(\.directivesPerPlace, maximum, document).map(\.message)
            #expect(messages.first == "Unknown directive \"@a\".", "\(document)")
        }
    }

    @Test(arguments: [(1, 1), (2, 2), (3, 3), (4, 3), (nil, 3)] as [(Int?, Int)])
    func `as many errors are reported as are asked for`(_ maximum: Int?, _ count: Int) throws {
        let all = ["a", "b", "c"].map { "Cannot query field \"\($0)\" on type \"Query\"." }
        let aborted = "Too many validation errors, error limit reached. Validation aborted."
        let messages = try errors(\.validationErrors, maximum, "{ a b c }").map(\.message)
        #expect(messages == Array(all.prefix(count)) + (count < 3 ? [aborted] : []))
    }

    @Test func `all errors are reported when their limit is off`() throws {
        let document = "{ " + String(repeating: "a ", count: 3_000) + "}"
        #expect(try errors(\.validationErrors, nil, document).count == 3_000)
    }

    @Test(arguments: [(0, false), (1, false), (2, true), (3, true), (nil, true)] as [(Int?, Bool)])
    func `lists within each other are limited in introspection`(_ maximum: Int?, _ isAccepted: Bool) throws {
        let document = "{ __schema { types { fields { type { interfaces { name } } } } } }"
        let tooDeep = GraphQLError(
            "Maximum introspection depth exceeded", locations: [GraphQL.SourceLocation(line: 1, column: 3)])
        #expect(try errors(\.introspectionDepth, maximum, document) == (isAccepted ? [] : [tooDeep]))
    }

    private func errors(
        _ limit: WritableKeyPath<Limits, Int?>, _ maximum: Int?, _ document: String
    ) throws -> [GraphQLError] {
        var limits = Limits.off
        limits[keyPath: limit] = maximum
        return try TestService(limits: limits).errors(in: document)
    }
}
