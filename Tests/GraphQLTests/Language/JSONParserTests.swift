import Testing

@testable import GraphQL

struct JSONParserTests {
    @Test(
        arguments: [
            ("null", .null), ("true", .boolean(true)), (" false\r\n", .boolean(false)),
            ("0", .int(0)), ("-0", .int(0)), ("12", .int(12)), ("-9223372036854775808", .int(.min)),
            ("9223372036854775808", .bigInteger("9223372036854775808")),
            ("1.0", .float(1)), ("-1.5e+3", .float(-1500)), ("2E-2", .float(0.02)), ("1e-999", .float(0)),
            (#""""#, .string("")), (#""é😀\u0000""#, .string("é😀\u{0}")),
            (#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{C}\n\r\t")),
            (#""\u00e9\uD83D\uDE00\u{7F}""#.replacing("\\u{7F}", with: "\u{7F}"), .string("é😀\u{7F}")),
            ("[]", .list([])), ("[ ]", .list([])),
            ("[1,[2 , \"3\"],{}]", .list([.int(1), .list([.int(2), .string("3")]), .object([])])),
            ("{ }", .object([])),
            (
                #"{"\u00e9": 1, "e\u0301": 2, "K": 3, "\u212a": 4}"#,
                .object([
                    ObjectField("\u{E9}", .int(1)), ObjectField("e\u{301}", .int(2)), ObjectField("K", .int(3)),
                    ObjectField("\u{212A}", .int(4)),
                ])
            ),
            (
                #"{"b": 1, "a": {"b": null}, "": []}"#,
                .object([
                    ObjectField("b", .int(1)), ObjectField("a", .object([ObjectField("b", .null)])),
                    ObjectField("", .list([])),
                ])
            ),
        ] as [(String, Value)])
    func `JSON becomes a value`(_ text: String, _ value: Value) throws {
        #expect(try JSONParser.parse(text.utf8) == value)
    }

    @Test(arguments: [
        ("", "Expected a value, but the text ends", 0),
        (" ", "Expected a value, but the text ends", 1),
        ("\u{FEFF}1", "Expected a value", 0),
        ("nul", "Expected a value", 0),
        ("nulL", "Expected a value", 0),
        ("null1", "Expected the end", 4),
        ("1 2", "Expected the end", 2),
        ("'a'", "Expected a value", 0),
        ("NaN", "Expected a value", 0),
        ("1 // comment", "Expected the end", 2),
        ("\u{A0}1", "Expected a value", 0),
        ("1\0", "Expected the end", 1),
        // Numbers
        ("+1", "Expected a value", 0),
        (".5", "Expected a value", 0),
        ("-", "Expected a digit, but the text ends", 1),
        ("-a", "Expected a digit", 1),
        ("01", "Expected the end", 1),
        ("1.", "Expected a digit, but the text ends", 2),
        ("1.e1", "Expected a digit", 2),
        ("1e", "Expected a digit, but the text ends", 2),
        ("1e+", "Expected a digit, but the text ends", 3),
        ("0x1", "Expected the end", 1),
        ("[1e999]", "Number out of range", 1),
        // Strings
        (#"["a"#, "Unterminated string", 1),
        (#""a\"#, "Invalid escape sequence", 2),
        (#""\x""#, "Invalid escape sequence", 1),
        (#""\'""#, "Invalid escape sequence", 1),
        (#""\u12G4""#, "Invalid escape sequence", 1),
        (#""\u{41}""#, "Invalid escape sequence", 1),
        (#""\uD83D""#, "Invalid escape sequence", 1),
        (#""\uDE00\uD83D""#, "Invalid escape sequence", 1),
        ("\"a\nb\"", "Control character in a string", 2),
        ("\"a\tb\"", "Control character in a string", 2),
        ("\"a\0b\"", "Control character in a string", 2),
        // Arrays and objects
        ("[", "Expected a value, but the text ends", 1),
        ("[1", "Expected \",\" or \"]\", but the text ends", 2),
        ("[1,]", "Expected a value", 3),
        ("[,1]", "Expected a value", 1),
        ("[1 2]", "Expected \",\" or \"]\"", 3),
        ("[1}", "Expected \",\" or \"]\"", 2),
        ("{", "Expected a member's name, but the text ends", 1),
        ("{a: 1}", "Expected a member's name", 1),
        (#"{"a"}"#, "Expected \":\"", 4),
        (#"{"a": }"#, "Expected a value", 6),
        (#"{"a": 1"#, "Expected \",\" or \"}\", but the text ends", 7),
        (#"{"a": 1,}"#, "Expected a member's name", 8),
        (#"{"a": 1 "b": 2}"#, "Expected \",\" or \"}\"", 8),
        (#"{"a": 1, "\u0061": 2}"#, "Duplicate member name", 9),
        (#"{"\u212A": 1, "K": 2, "\u212a": 3}"#, "Duplicate member name", 22),
    ])
    func `what is no JSON is refused`(_ text: String, _ message: String, _ offset: Int) {
        #expect(throws: JSONError(message, at: offset)) { try JSONParser.parse(text.utf8) }
    }

    @Test(
        arguments: [
            ([0x22, 0xFF, 0x22], 1), ([0x22, 0xC3, 0x22], 1), ([0x22, 0xED, 0xA0, 0x80, 0x22], 1),
            ([0x31, 0x20, 0x80], 2),
            ([0x22, 0xC0, 0x80, 0x22], 1),
        ] as [([UInt8], Int)])
    func `bytes that are no UTF-8 are refused`(_ bytes: [UInt8], _ offset: Int) {
        #expect(throws: JSONError("Invalid UTF-8", at: offset)) { try JSONParser.parse(bytes) }
    }

    @Test(arguments: [(1, false), (2, true), (3, true)])
    func `nesting is limited`(_ maximum: Int, _ isAccepted: Bool) {
        let error = JSONError("Nested more than 1 levels deep", at: 6)
        let text = #"{"a": [1]}"#.utf8
        if isAccepted {
            #expect(throws: Never.self) { try JSONParser.parse(text, maximumDepth: maximum) }
        } else {
            #expect(throws: error) { try JSONParser.parse(text, maximumDepth: maximum) }
        }
    }

    @Test(arguments: ["[", "{\"a\":"])
    func `a million brackets are refused, not crashed on`(_ opening: String) {
        let text = String(repeating: opening, count: 1_000_000)
        #expect(throws: JSONError("Nested more than 128 levels deep", at: 128 * opening.utf8.count)) {
            try JSONParser.parse(text.utf8)
        }
    }

    @Test func `every truncation and every damaged byte is answered`() {
        let text = Array(#"{"a\u00e9": [1, -2.5e3, true, null, "x\n\ud83d\ude00é"], "b": {"c": false}}"#.utf8)
        for count in text.indices { #expect(throws: JSONError.self) { try JSONParser.parse(text.prefix(count)) } }
        for position in text.indices {
            for byte in UInt8.min ... .max {
                var damaged = text
                damaged[position] = byte
                _ = try? JSONParser.parse(damaged)
            }
        }
    }
}
