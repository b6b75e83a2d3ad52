import Testing

@testable import GraphQL

/// Messages and locations are those of graphql-js.
struct SyntaxErrorTests {
    @Test(arguments: [
        // Documents and definitions
        ("", "Unexpected <EOF>.", 1, 1),
        ("# only a comment\n", "Unexpected <EOF>.", 2, 1),
        ("foo", #"Unexpected Name "foo"."#, 1, 1),
        ("...", #"Unexpected "..."."#, 1, 1),
        ("{ a } }", #"Unexpected "}"."#, 1, 7),
        ("{ a } 42", #"Unexpected Int "42"."#, 1, 7),
        (#""text" 1.5"#, #"Unexpected Float "1.5"."#, 1, 8),
        (#""text""#, "Unexpected <EOF>.", 1, 7),
        (
            #""text" { a }"#, "Unexpected description, descriptions are not supported on shorthand queries.", 1, 1
        ),
        (#""text" foo"#, "Unexpected description, only GraphQL definitions support descriptions.", 1, 1),
        (
            #""text" extend type T { a: Int }"#,
            "Unexpected description, only GraphQL definitions support descriptions.", 1, 1
        ),
        // Operations and selections
        ("{", "Expected Name, found <EOF>.", 1, 2),
        ("{}", #"Expected Name, found "}"."#, 1, 2),
        ("{ a", "Expected Name, found <EOF>.", 1, 4),
        ("{ a: }", #"Expected Name, found "}"."#, 1, 6),
        ("{ a() }", #"Expected Name, found ")"."#, 1, 5),
        ("{ a(b) }", #"Expected ":", found ")"."#, 1, 6),
        ("{ a: 1 }", #"Expected Name, found Int "1"."#, 1, 6),
        ("{ a { } }", #"Expected Name, found "}"."#, 1, 7),
        ("query", #"Expected "{", found <EOF>."#, 1, 6),
        ("query Q $a", #"Expected "{", found "$"."#, 1, 9),
        ("query ()", #"Expected "$", found ")"."#, 1, 8),
        ("query ($a) { a }", #"Expected ":", found ")"."#, 1, 10),
        ("query ($a: Int = $b) { a }", #"Unexpected variable "$b" in constant value."#, 1, 18),
        ("query ($a: Int = $) { a }", #"Unexpected "$"."#, 1, 18),
        ("query ($a: Int @d(x: [$b])) { a }", #"Unexpected variable "$b" in constant value."#, 1, 23),
        ("query ($a: [Int) { a }", #"Expected "]", found ")"."#, 1, 16),
        ("query ($a: Int!!) { a }", #"Expected "$", found "!"."#, 1, 16),
        ("{ ...on }", #"Expected Name, found "}"."#, 1, 9),
        ("{ ... }", #"Expected "{", found "}"."#, 1, 7),
        ("{ ...F { a } }", #"Expected Name, found "{"."#, 1, 8),
        ("{ a @ }", #"Expected Name, found "}"."#, 1, 7),
        ("fragment on on on { on }", #"Unexpected Name "on"."#, 1, 10),
        ("fragment F T { a }", #"Expected "on", found Name "T"."#, 1, 12),
        ("{ .. }", #"Unexpected character: "."."#, 1, 3),
        // Values
        ("{ a(b: ) }", #"Unexpected ")"."#, 1, 8),
        ("{ a(b: [1) }", #"Unexpected ")"."#, 1, 10),
        ("{ a(b: [", "Unexpected <EOF>.", 1, 9),
        ("{ a(b: {c}) }", #"Expected ":", found "}"."#, 1, 10),
        ("{ a(b: {c: 1]) }", #"Expected Name, found "]"."#, 1, 13),
        ("{ a(b: {", "Expected Name, found <EOF>.", 1, 9),
        ("{ a(b: $) }", #"Expected Name, found ")"."#, 1, 9),
        // Type system
        ("type T {}", #"Expected Name, found "}"."#, 1, 9),
        ("type T { a }", #"Expected ":", found "}"."#, 1, 12),
        ("type T { a: }", #"Expected Name, found "}"."#, 1, 13),
        ("type T { a(): Int }", #"Expected Name, found ")"."#, 1, 12),
        ("type T implements { a: Int }", #"Expected Name, found "{"."#, 1, 19),
        ("type T implements A B { a: Int }", #"Unexpected Name "B"."#, 1, 21),
        ("type T { a: Int = 1 }", #"Expected Name, found "="."#, 1, 17),
        ("input T { a(b: Int): Int }", #"Expected ":", found "("."#, 1, 12),
        ("union U =", "Expected Name, found <EOF>.", 1, 10),
        ("union U = | | A", #"Expected Name, found "|"."#, 1, 13),
        ("enum E { true }", #"Name "true" is reserved and cannot be used for an enum value."#, 1, 10),
        ("enum E { null }", #"Name "null" is reserved and cannot be used for an enum value."#, 1, 10),
        ("schema {}", #"Expected Name, found "}"."#, 1, 9),
        ("schema", #"Expected "{", found <EOF>."#, 1, 7),
        ("schema { foo: Foo }", #"Unexpected Name "foo"."#, 1, 10),
        ("extend", "Unexpected <EOF>.", 1, 7),
        ("extend foo", #"Unexpected Name "foo"."#, 1, 8),
        ("extend directive @d on FIELD", #"Unexpected Name "directive"."#, 1, 8),
        ("extend scalar S", "Unexpected <EOF>.", 1, 16),
        ("extend type T", "Unexpected <EOF>.", 1, 14),
        ("extend interface I", "Unexpected <EOF>.", 1, 19),
        ("extend union U", "Unexpected <EOF>.", 1, 15),
        ("extend enum E", "Unexpected <EOF>.", 1, 14),
        ("extend input I", "Unexpected <EOF>.", 1, 15),
        ("extend schema", "Unexpected <EOF>.", 1, 14),
        (#"extend "text" type T"#, #"Unexpected String "text"."#, 1, 8),
        ("directive d on FIELD", #"Expected "@", found Name "d"."#, 1, 11),
        ("directive @d FIELD", #"Expected "on", found Name "FIELD"."#, 1, 14),
        ("directive @d on NOWHERE", #"Unexpected Name "NOWHERE"."#, 1, 17),
        ("directive @d on FIELD |", "Expected Name, found <EOF>.", 1, 24),
    ])
    func `a mistake in the grammar`(_ text: String, _ message: String, _ line: Int, _ column: Int) {
        expect(text, message, line, column)
    }

    @Test(arguments: [
        ("?", #"Unexpected character: "?"."#, 1, 1),
        ("{ ~", #"Unexpected character: "~"."#, 1, 3),
        ("\u{7}", "Unexpected character: U+0007.", 1, 1),
        ("{ \u{0} }", "Unexpected character: U+0000.", 1, 3),
        ("{ é }", "Unexpected character: U+00E9.", 1, 3),
        ("{ a😀 }", "Unexpected character: U+1F600.", 1, 4),
        ("{ a\u{A0}b }", "Unexpected character: U+00A0.", 1, 4),
        ("{ a(b: 'c') }", #"Unexpected single quote character ('), did you mean to use a double quote (")?"#, 1, 8),
        ("{ a(b: .5) }", #"Unexpected character: "."."#, 1, 8),
        ("{ a(b: +5) }", #"Unexpected character: "+"."#, 1, 8),
        // Numbers
        ("{ a(b: 00) }", #"Invalid number, unexpected digit after 0: "0"."#, 1, 9),
        ("{ a(b: -01) }", #"Invalid number, unexpected digit after 0: "1"."#, 1, 10),
        ("{ a(b: 1.) }", #"Invalid number, expected digit but got: ")"."#, 1, 10),
        ("{ a(b: 1.\")", #"Invalid number, expected digit but got: '"'."#, 1, 10),
        ("{ a(b: 1e", "Invalid number, expected digit but got: <EOF>.", 1, 10),
        ("{ a(b: 1e+x) }", #"Invalid number, expected digit but got: "x"."#, 1, 11),
        ("{ a(b: 1.2.3) }", #"Invalid number, expected digit but got: "."."#, 1, 11),
        ("{ a(b: 0xF) }", #"Invalid number, expected digit but got: "x"."#, 1, 9),
        ("{ a(b: 1_000) }", #"Invalid number, expected digit but got: "_"."#, 1, 9),
        ("{ a(b: -) }", #"Invalid number, expected digit but got: ")"."#, 1, 9),
        ("{ a(b: -é) }", "Invalid number, expected digit but got: U+00E9.", 1, 9),
        // Strings
        (#"{ a(b: "c"#, "Unterminated string.", 1, 10),
        ("{ a(b: \"c\n\") }", "Unterminated string.", 1, 10),
        ("{ a(b: \"c\r\n\") }", "Unterminated string.", 1, 10),
        (#"{ a(b: """c""#, "Unterminated string.", 1, 13),
        (#"{ a(b: "\"#, #"Invalid character escape sequence: "\"."#, 1, 9),
        (#"{ a(b: "\z") }"#, #"Invalid character escape sequence: "\z"."#, 1, 9),
        (#"{ a(b: "\é") }"#, #"Invalid character escape sequence: "\é"."#, 1, 9),
        (#"{ a(b: "\u12G4") }"#, #"Invalid Unicode escape sequence: "\u12G4"."#, 1, 9),
        (#"{ a(b: "\u1é😀x") }"#, #"Invalid Unicode escape sequence: "\u1é😀x"."#, 1, 9),
        (#"{ a(b: "\u12"#, #"Invalid Unicode escape sequence: "\u12"."#, 1, 9),
        (#"{ a(b: "\uDEAD") }"#, #"Invalid Unicode escape sequence: "\uDEAD"."#, 1, 9),
        (#"{ a(b: "\uDC00\uDC00") }"#, #"Invalid Unicode escape sequence: "\uDC00"."#, 1, 9),
        (#"{ a(b: "\uD83D\uD83D") }"#, #"Invalid Unicode escape sequence: "\uD83D"."#, 1, 9),
        (#"{ a(b: "\u{}") }"#, #"Invalid Unicode escape sequence: "\u{}"."#, 1, 9),
        (#"{ a(b: "\u{FX}") }"#, #"Invalid Unicode escape sequence: "\u{FX"."#, 1, 9),
        (#"{ a(b: "\u{D83D}") }"#, #"Invalid Unicode escape sequence: "\u{D83D}"."#, 1, 9),
        (#"{ a(b: "\u{110000}") }"#, #"Invalid Unicode escape sequence: "\u{110000}"."#, 1, 9),
        (#"{ a(b: "\u{FFFFFFFF}") }"#, #"Invalid Unicode escape sequence: "\u{FFFFFFFF"."#, 1, 9),
        (#"{ a(b: "\u{000000000}") }"#, #"Invalid Unicode escape sequence: "\u{000000000"."#, 1, 9),
        // Tokens in messages
        (#"{ a "b\n" }"#, "Expected Name, found String \"b\n\".", 1, 5),
        ("{ a \"\"\"\n  b\n\"\"\" }", #"Expected Name, found BlockString "b"."#, 1, 5),
        // A malformed token comes before the grammar's complaint about it, or about the one before it.
        ("query ($a: Int = $ ?", #"Unexpected character: "?"."#, 1, 20),
        ("schema { foo ?", #"Unexpected character: "?"."#, 1, 14),
        ("{ a(b: 1 ? }", #"Unexpected character: "?"."#, 1, 10),
    ])
    func `a mistake in a token`(_ text: String, _ message: String, _ line: Int, _ column: Int) {
        expect(text, message, line, column)
    }

    private func expect(_ text: String, _ message: String, _ line: Int, _ column: Int) {
        let location = GraphQL.SourceLocation(line: line, column: column)
        #expect(syntaxError(in: text) == GraphQLError("Syntax Error: " + message, locations: [location]))
    }
}
