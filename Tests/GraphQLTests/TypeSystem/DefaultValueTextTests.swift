import Testing

@testable import GraphQL

@Suite struct DefaultValueTextTests {
    @Test(
        arguments: [
            ("Int", nil),
            ("Int = null", "null"),
            ("Int = -7", "-7"),
            // A single item stands in its list.
            ("[Int] = 1", "[1]"),
            ("[[Int]] = 1", "[[1]]"),
            ("[[Int]] = [1, null, [2, null]]", "[[1], null, [2, null]]"),
            ("[Int] = []", "[]"),
            ("[Point!] = {x: 1}", "[{x: 1, y: 0.5, tags: [\"none\"], unit: METER}]"),
            // Numbers are spelled as values, not as they were written.
            ("Float = 1", "1"),
            ("Float = 1.50", "1.5"),
            ("Float = 2.0e3", "2000"),
            ("Float = 1e20", "1e+20"),
            ("ID = 7", "7"),
            ("ID = \"7\"", "7"),
            ("ID = \"-12\"", "-12"),
            ("ID = \"07\"", "\"07\""),
            ("ID = \"0\"", "0"),
            ("ID = \"-\"", "\"-\""),
            ("ID = \"\"", "\"\""),
            ("ID = 123456789012345678901234567890", "123456789012345678901234567890"),
            // Strings are quoted, blocks too.
            ("String = \"a\\u0022\\n\"", "\"a\\\"\\n\""),
            ("String = \"\"\"\n  a\n    b\n\"\"\"", "\"a\\n  b\""),
            ("Boolean = true", "true"),
            ("Unit = INCH", "INCH"),
            // An object has the defaults of the fields that it leaves out, in the order of their definitions.
            ("Point = {tags: [], x: 1}", "{x: 1, y: 0.5, tags: [], unit: METER}"),
            (
                "Point = {x: 1, y: null, next: {x: 2}}",
                "{x: 1, y: null, tags: [\"none\"], unit: METER, next: {x: 2, y: 0.5, tags: [\"none\"], unit: METER}}"
            ),
            ("Choice = {name: \"a\"}", "{name: \"a\"}"),
            // Custom scalars stay as they are written.
            ("Any = {b: [1.50, \"\\u0041\"], a: NAME}", "{b: [1.50, \"A\"], a: NAME}"),
            ("[Any] = 1.50", "[1.50]"),
        ] as [(String, String?)])
    func `a default value is written as what is in effect`(_ definition: String, _ text: String?) throws {
        let schema = try Schema(
            Document(
                parsing: """
                    type Query { field(argument: \(definition)): Int }
                    scalar Any
                    enum Unit { METER INCH }
                    input Point { x: Float! y: Float = 0.5 tags: [String!]! = "none" unit: Unit! = METER next: Point }
                    input Choice @oneOf { name: String id: ID }
                    """))
        let query = try #require(schema.queryType)
        let field = try #require(schema.field(of: query, named: "field"))
        #expect(schema.defaultText(of: field.arguments[0]) == text)
    }

    /// The text is `{s: "…"}`, up to 8,192 bytes.
    @Test(arguments: [(8_184, true), (8_185, true), (8_186, false)])
    func `a default value that takes in too much is written as it stands`(_ count: Int, _ isInEffect: Bool) throws {
        let letters = String(repeating: "a", count: count)
        let schema = try Schema(
            Document(parsing: "type Query { a(in: In = {}): Int } input In { s: String = \"\(letters)\" }"))
        let query = try #require(schema.queryType)
        let field = try #require(schema.field(of: query, named: "a"))
        #expect(schema.defaultText(of: field.arguments[0]) == (isInEffect ? "{s: \"\(letters)\"}" : "{}"))
    }
}
