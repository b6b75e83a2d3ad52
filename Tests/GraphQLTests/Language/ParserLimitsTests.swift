import Testing

@testable import GraphQL

struct ParserLimitsTests {
    private static let text = "{ a(b: [1]) { c } } # é"  // 24 bytes, 13 tokens, 2 levels

    @Test(arguments: [(23, false), (24, true), (25, true)])
    func `bytes are limited`(_ maximum: Int, _ isAccepted: Bool) {
        expect(
            ParserLimits(maximumBytes: maximum), isAccepted,
            GraphQLError(
                "Syntax Error: Document is longer than \(maximum) bytes.",
                locations: [GraphQL.SourceLocation(line: 1, column: 1)]
            )
        )
    }

    @Test(arguments: [(12, false), (13, true), (14, true)])
    func `tokens are limited`(_ maximum: Int, _ isAccepted: Bool) {
        expect(
            ParserLimits(maximumTokens: maximum), isAccepted,
            GraphQLError(
                "Syntax Error: Document contains more than \(maximum) tokens.",
                locations: [GraphQL.SourceLocation(line: 1, column: 19)]
            )
        )
    }

    @Test(arguments: [(1, false), (2, true), (3, true)])
    func `nesting of selections is limited`(_ maximum: Int, _ isAccepted: Bool) {
        expect(ParserLimits(maximumDepth: maximum), isAccepted, tooDeep(maximum, column: 13))
    }

    @Test(arguments: [
        ("{ a(b: [[{c: 3}]]) }", 10),
        ("{ a(b: {c: {d: [1]}}) }", 16),
        ("query ($a: [[[Int]]]) { a }", 14),
    ])
    func `nesting of values and types is limited`(_ text: String, _ column: Int) {
        #expect(syntaxError(in: text, limits: ParserLimits(maximumDepth: 3)) == nil)
        #expect(syntaxError(in: text, limits: ParserLimits(maximumDepth: 2)) == tooDeep(2, column: column))
    }

    @Test(arguments: [
        ("", "{a", 401), ("{", "...{", 801), ("query($a:", "[", 210), ("{a(b:", "[", 206), ("{a(b:", "{c:", 606),
        ("{a(b:", "[{c:", 406), ("{a@b(c:", "[", 208), ("type T{a:", "[", 210), ("type T{a(b:", "[", 212),
        ("input I{a:B=", "[", 213),
    ])
    func `a million brackets are refused, not crashed on`(_ text: String, _ nesting: String, _ column: Int) {
        let attack = text + String(repeating: nesting, count: 1_000_000)
        #expect(syntaxError(in: attack, limits: .trusted) == tooDeep(200, column: column))
        #expect(syntaxError(in: attack) != nil)
    }

    @Test func `deep nesting needs no stack where the limit allows it`() throws {
        let limits = ParserLimits(maximumBytes: .max, maximumTokens: .max, maximumDepth: .max)
        let levels = 100_000
        let selections = try Document(
            parsing: String(repeating: "{a", count: levels) + String(repeating: "}", count: levels), limits: limits
        )
        #expect(selections.selections.count == levels)
        #expect(selections.selections.allSatisfy { $0.next == levels })
        let brackets = String(repeating: "[", count: levels) + "1" + String(repeating: "]", count: levels)
        let values = try Document(parsing: "{ a(b: \(brackets)) }", limits: limits)
        #expect(values.values.count == levels + 1)
        let types = try Document(
            parsing: "{ a } type T { a: \(brackets.replacing("1", with: "Int")) }", limits: limits
        )
        #expect(types.types.count == levels + 1)
    }

    private func expect(_ limits: ParserLimits, _ isAccepted: Bool, _ error: GraphQLError) {
        #expect(syntaxError(in: ParserLimitsTests.text, limits: limits) == (isAccepted ? nil : error))
    }

    private func tooDeep(_ maximum: Int, column: Int) -> GraphQLError {
        GraphQLError(
            "Syntax Error: Document is nested more than \(maximum) levels deep.",
            locations: [GraphQL.SourceLocation(line: 1, column: column)]
        )
    }
}
