import Testing

@testable import GraphQL

/// Schemas printed in canonical form, as graphql-js prints them.
@Suite struct SchemaPrinterTests {
    /// Canonical texts: each prints as it is written.
    static let canonical: [String] = [
        "type Query {\n  a: Int\n}",
        "type Query {\n  a: [[Int!]]!\n  b: ID!\n}",
        """
        schema {
          query: Root
          subscription: Feed
        }

        type Root {
          a: Int
        }

        type Feed {
          b: Int
        }
        """,
        """
        \"""What can be asked.\"""
        schema {
          query: Query
        }

        type Query {
          a: Int
        }
        """,
        """
        schema {
          query: Query
        }

        type Query {
          a: Mutation
        }

        type Mutation {
          b: Int
        }
        """,
        """
        directive @a on FIELD

        directive @b(c: Int = 1, d: [String!]! = ["x"]) repeatable on OBJECT | ENUM_VALUE

        \"""Explained.\"""
        directive @e(
          \"""First.\"""
          f: Int

          \"""Second.\"""
          g: Int
          h: Int
        ) on QUERY

        type Query {
          a: Int
        }
        """,
        """
        scalar Date

        \"""By another document.\"""
        scalar URL @specifiedBy(url: "https://example.com/\\"url\\"")

        interface Node {
          id: ID!
        }

        interface Named implements Node {
          id: ID!
          name(in: Language = EN): String @deprecated
        }

        type Query implements Named & Node {
          id: ID!
          name(in: Language = EN): String @deprecated(reason: "Ask for \\"title\\".\\n")
          when(url: URL, date: Date = {y: 2025, m: [9, true, null, AUTUMN, "x", 1.5]}): Either
        }

        enum Language {
          \"""English\"""
          EN

          \"""Deutsch\"""
          DE @deprecated(reason: "")
          FR @deprecated
        }

        union Either = Query

        input Range {
          from: Int! = 1

          \"""Open.\"""
          to: Int @deprecated(reason: "Endless.")
        }

        input One @oneOf {
          id: ID
          at: Range
        }
        """,
        """
        \"""
        Several
          lines
        \"""
        type Query {
          \"""
          Indented too
        \u{20}\u{20}
          behind a blank line.
          \"""
          a(
            \"""Of one line.\"""
            b: Int = 1

            \"""
            Of
            two.
            \"""
            c: Int
          ): Int
        }
        """,
    ]

    @Test(arguments: canonical)
    func `a canonical text prints as it is written`(text: String) throws {
        #expect(SchemaPrinter.print(try Schema(Document(parsing: text))) == text)
    }

    @Test(arguments: [
        // Default values are written from what they coerce to.
        ("Int = 0001", nil), ("Float = 1.0", "Float = 1"), ("Float = 1e3", "Float = 1000"),
        ("Float = 1.5e300", "Float = 1.5e+300"), ("Float = -0.25", "Float = -0.25"), ("Float = 3", "Float = 3"),
        ("[Int] = 1", "[Int] = [1]"), ("[[Int]] = [1]", "[[Int]] = [[1]]"), ("[Int] = []", "[Int] = []"),
        ("[Int] = [null, 1]", "[Int] = [null, 1]"), ("Int = null", "Int = null"),
        ("ID = \"1\"", "ID = 1"), ("ID = -7", "ID = -7"), ("ID = \"007\"", "ID = \"007\""),
        ("ID = \"-\"", "ID = \"-\""),
        ("ID = \"\"", "ID = \"\""), ("ID = 123456789012345678901", "ID = 123456789012345678901"),
        ("[ID!] = [\"0\", \"a\"]", "[ID!] = [0, \"a\"]"),
        ("String = \"\"\"\n  block\n    string\n\"\"\"", "String = \"block\\n  string\""),
        ("String = \"\\u{1F600}\\u0007\"", "String = \"😀\\u0007\""),
        ("E = B", "E = B"), ("[E] = B", "[E] = [B]"),
        ("In = {}", "In = {b: 2, c: {d: [1]}}"), ("In = {c: null, a: \"1\"}", "In = {a: 1, b: 2, c: null}"),
        ("In = {c: {d: 5}, b: 3}", "In = {b: 3, c: {d: [5]}}"),
        ("Any = {b: [{c: X}], a: 1.5}", "Any = {b: [{c: X}], a: 1.5}"),
    ])
    func `default values are printed from the coerced value`(written: String, printed: String?) throws {
        func text(_ argument: String) -> String {
            "type Query { a(b: \(argument)): Int } enum E { A B } input In { a: ID b: Int = 2 c: Deep = {} } "
                + "input Deep { d: [Int] = 1 } scalar Any"
        }
        guard let printed else {
            #expect(throws: (any Error).self) { try Schema(Document(parsing: text(written))) }
            return
        }
        let schema = try Schema(Document(parsing: text(written)))
        let query = try #require(schema.type(named: "Query"))
        #expect(SchemaPrinter.print(query, of: schema) == "type Query {\n  a(b: \(printed)): Int\n}")
        // What is printed coerces to the same value.
        let again = try Schema(Document(parsing: text(printed)))
        #expect(
            again.fields[query.fields][0].arguments[0].defaultValue
                == schema.fields[query.fields][0].arguments[0].defaultValue)
    }

    @Test(.timeLimit(.minutes(1)))
    func `defaults that take in the same others again and again are printed as they are written`() throws {
        let levels = (0..<30).map { "input I\($0) { a: I\($0 + 1) = {} b: I\($0 + 1) = {} }" }
        let sdl =
            "type Query { a(b: I0 = {}, c: I29 = {}): Int } \(levels.joined(separator: " ")) input I30 { a: Int = 1 }"
        let schema = try Schema(Document(parsing: sdl))
        let query = try #require(schema.type(named: "Query"))
        #expect(
            SchemaPrinter.print(query, of: schema)
                == "type Query {\n  a(b: I0 = {}, c: I29 = {a: {a: 1}, b: {a: 1}}): Int\n}")
        // Each level up to the limit doubles the text.
        #expect(SchemaPrinter.print(schema).utf8.count < 30 * 2 * DefaultValueText.maximumBytes)
    }

    @Test(arguments: [
        (DefaultValueText.maximumBytes - 1, true), (DefaultValueText.maximumBytes, true),
        (DefaultValueText.maximumBytes + 1, false),
    ])
    func `a default value is spelled out up to a limit`(_ bytes: Int, _ isSpelledOut: Bool) throws {
        let filler = String(repeating: "x", count: bytes - #"{a: "", b: 1}"#.utf8.count)
        let written = #"{a: "\#(filler)"}"#
        let sdl = "type Query { a(b: In = \(written)): Int } input In { a: String b: Int = 1 }"
        let schema = try Schema(Document(parsing: sdl))
        let query = try #require(schema.type(named: "Query"))
        let printed = isSpelledOut ? #"{a: "\#(filler)", b: 1}"# : written
        #expect(SchemaPrinter.print(query, of: schema) == "type Query {\n  a(b: In = \(printed)): Int\n}")
    }

    @Test(arguments: [
        ("", #""""""""#), ("plain", #""""plain""""#), ("two\nlines", "\"\"\"\ntwo\nlines\n\"\"\""),
        ("\nleading", #""\nleading""#), ("trailing\n", #""trailing\n""#), ("  ", #""  ""#),
        ("a\rb", #""a\rb""#), ("a\u{7}", #""a\u0007""#), ("  all\n  indented", #""  all\n  indented""#),
        ("first\n  indented", "\"\"\"\nfirst\n  indented\n\"\"\""), (" one", #"""" one""""#),
        ("quote\"", "\"\"\"\nquote\"\n\"\"\""), ("triple\"\"\"quote", #""""triple\"""quote""""#),
        ("back\\slash", #""""back\slash""""#), ("end\\", "\"\"\"\nend\\\n\"\"\""),
        ("tab\tinside", "\"\"\"tab\tinside\"\"\""),
        (String(repeating: "x", count: 70), "\"\"\"" + String(repeating: "x", count: 70) + "\"\"\""),
        (String(repeating: "x", count: 71), "\"\"\"\n" + String(repeating: "x", count: 71) + "\n\"\"\""),
    ])
    func `a description is a block string where one can hold it`(text: String, literal: String) throws {
        let sdl = SchemaPrinter.quoted(text) + " type Query { a: Int }"
        let schema = try Schema(Document(parsing: sdl))
        let printed = SchemaPrinter.print(schema)
        #expect(printed == literal + "\ntype Query {\n  a: Int\n}")
        #expect(try Schema(Document(parsing: printed)).type(named: "Query")?.description == text)
    }

    @Test func `what the specification defines is left out`() throws {
        let schema = try Schema(
            Document(
                parsing: """
                    "Mine" scalar Int
                    directive @deprecated(reason: String! = "No longer supported") on FIELD_DEFINITION
                    type Query { a: Int }
                    """))
        #expect(SchemaPrinter.print(schema) == "type Query {\n  a: Int\n}")
        let skip = try #require(schema.directive(named: "skip"))
        #expect(
            SchemaPrinter.print(skip, of: schema) == #"""
                """
                Directs the executor to skip this field or fragment when the `if` argument is true.
                """
                directive @skip(
                  """Skipped when true."""
                  if: Boolean!
                ) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
                """#)
    }
}
