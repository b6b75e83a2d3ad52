import Testing

@testable import GraphQL

struct ParserTests {
    @Test func `ignored characters may stand between any two tokens`() throws {
        let spaced = "\u{FEFF}{,\t\n\r,#a comment } \u{0}é\n\u{FEFF}a(b,:,[1 2,,3]\u{FEFF})\r\n}#end"
        #expect(try Printer.print(Document(parsing: spaced)) == "{\n  a(b: [1, 2, 3])\n}")
    }

    @Test(arguments: [
        "query", "mutation", "subscription", "fragment", "on", "schema", "scalar", "type", "interface", "union", "enum",
        "input", "directive", "extend", "implements", "repeatable", "true", "false", "null",
    ])
    func `a keyword is a name where a name is expected`(_ name: String) throws {
        let spread = name == "on" ? "other" : name
        let value = ["true", "false", "null"].contains(name) ? "other" : name
        let text = """
            query \(name)($\(name): \(name) @\(name)(\(name): \(name))) {
              \(name)(\(name): $\(name), other: \(name))
              \(name)x: \(name) @\(name)
              ...\(spread)
              ... on \(name) {
                \(name)
              }
            }

            fragment \(spread) on \(name) {
              \(name)
            }

            type \(name) implements \(name) {
              \(name)(\(name): \(name)): \(name)
            }

            enum \(name) {
              \(value)
            }

            directive @\(name)(\(name): \(name)) repeatable on FIELD
            """
        #expect(try Printer.print(Document(parsing: text)) == text)
    }

    @Test func `selections lie in preorder`() throws {
        let document = try Document(parsing: "{ a { b { c } ...F } d: e ... { f } }")
        let selections = document.selections.map {
            [$0.kind == .field ? document.name($0.responseName) : "...", "\($0.offset)", "\($0.next)"]
        }
        #expect(
            selections == [
                ["a", "2", "4"], ["b", "6", "3"], ["c", "10", "3"], ["...", "14", "4"], ["d", "21", "5"],
                ["...", "26", "7"], ["f", "32", "7"],
            ]
        )
        let operation = document.operations[0]
        #expect(operation.selectionSet == NodeRange(0, 7))
        #expect(document.selections(in: operation.selectionSet).map(\.rawValue) == [0, 4, 5])
        #expect(document.children(of: Index<SelectionNode>(0)).map(\.rawValue) == [1, 3])
        #expect(document.children(of: Index<SelectionNode>(4)).map(\.rawValue) == [])
        #expect(document.selections.map(\.hasSelectionSet) == [true, true, false, false, false, true, false])
        #expect(document.selections[0].selectionSetOffset == 4)
    }

    @Test func `values lie in preorder`() throws {
        let document = try Document(parsing: "{ a(b: [1, {c: $d, e: []}], f: true) }")
        let values = document.values.map { [Int($0.offset), Int($0.end), Int($0.next)] }
        #expect(
            values == [[7, 26, 5], [8, 9, 2], [11, 25, 5], [15, 17, 4], [22, 24, 5], [31, 35, 6]]
        )
        #expect(document.values.map(\.kind) == [.list, .int, .object, .variable, .list, .boolean])
        #expect(document.arguments.map(\.value.rawValue) == [0, 5])
        #expect(
            document.children(of: Index<ValueNode>(2)).map { document.name(document[$0].fieldName.id) } == ["c", "e"])
        #expect(document.values[3].fieldName.offset == 12)
        #expect(document.name(document.values[3].name) == "d")
        #expect(document.name(document.values[5].name) == "true")
    }

    @Test(
        arguments: [
            ("A", [.named]),
            ("A!", [.nonNull, .named]),
            ("[A]", [.list, .named]),
            ("[A!]", [.list, .nonNull, .named]),
            ("[A]!", [.nonNull, .list, .named]),
            ("[A!]!", [.nonNull, .list, .nonNull, .named]),
            ("[[A]!]", [.list, .nonNull, .list, .named]),
            ("[[A!]!]!", [.nonNull, .list, .nonNull, .list, .nonNull, .named]),
        ] as [(String, [TypeNode.Kind])])
    func `a wrapped type is the node behind`(_ type: String, _ kinds: [TypeNode.Kind]) throws {
        let document = try Document(parsing: "query ($a: Int, $b: \(type)) { a }")
        #expect(document.variableDefinitions[1].type.rawValue == 1)
        #expect(document.types.dropFirst().map(\.kind) == kinds)
        #expect(Printer.print(document.variableDefinitions[1].type, of: document) == type)
        let opening = UInt32(type.utf8.prefix { $0 == UInt8(ascii: "[") }.count)
        #expect(document.types.last?.offset == 20 + opening)
    }

    @Test func `definitions know where they begin`() throws {
        let text =
            #"{ a } "d" query Q($v: Int, "e" $w: Int) @x { a } fragment F on T { a } "d" type T extend schema @x"#
        let document = try Document(parsing: text)
        #expect(document.definitions.map(\.kind) == [.operation, .operation, .fragment, .type, .schema])
        #expect(document.definitions.map(\.index) == [0, 1, 0, 0, 0])
        #expect(document.definitions.map(\.offset) == [0, 6, 49, 71, 82])
        #expect(document.operations.map(\.name.offset) == [0, 16])
        #expect(document.operations.map { $0.name.id == .none } == [true, false])
        #expect(document.operations.map(\.selectionSetOffset) == [0, 43])
        #expect(document.operations.map { document.description($0.description) } == [nil, "d"])
        #expect(document.variableDefinitions.map(\.offset) == [18, 27])
        #expect(document.variableDefinitions.map(\.name.offset) == [18, 31])
        #expect(document.variableDefinitions.map { document.description($0.description) } == [nil, "e"])
        #expect(document.directives.map(\.offset) == [40, 96])
    }

    @Test func `equal names have equal numbers`() throws {
        let document = try Document(
            parsing: "{ longEnoughForTwoWords short longEnoughForTwoWords shorT eight888 eight888x }")
        #expect(document.selections.map(\.name.id.rawValue) == [0, 1, 0, 2, 3, 4])
        #expect(document.names.count == 5)
    }

    @Test(arguments: [
        ("0", "0"), ("-0", "-0"), ("123", "123"), ("-4.50", "-4.50"), ("1e10", "1e10"), ("1.5E-3", "1.5E-3"),
        ("NAME", "NAME"), ("$v", "$v"), (#""a\n""#, #""a\n""#), ("[ 1,2 ]", "[ 1,2 ]"), ("{}", "{}"), ("null", "null"),
    ])
    func `a value's text is as written`(_ literal: String, _ expected: String) throws {
        let document = try Document(parsing: "{ a(b: \(literal) ) }")
        #expect(document.text(of: document.arguments[0].value) == expected)
    }

    @Test(arguments: [
        (#""""#, ""),
        (#""plain é 😀""#, "plain é 😀"),
        (#""\" \\ \/ \b \f \n \r \t""#, "\" \\ / \u{8} \u{C} \n \r \t"),
        (#""\u0041\u00e9\uFFFF""#, "A\u{E9}\u{FFFF}"),
        (#""\uD83D\uDE00 \uDBFF\uDFFF""#, "😀 \u{10FFFF}"),
        (#""\u{0} \u{41} \u{1F600} \u{0010FFFF}""#, "\u{0} A 😀 \u{10FFFF}"),
        (#""x\u0301""#, "x\u{301}"),
        ("\"raw \u{0}\u{1}\ttab\"", "raw \u{0}\u{1}\ttab"),
        ("\"# not a comment\"", "# not a comment"),
    ])
    func `a string's escape sequences are resolved`(_ literal: String, _ text: String) throws {
        let document = try Document(parsing: "{ a(b: \(literal)) }")
        #expect(document.values[0].kind == .string)
        #expect(Array(document.string(of: Index(0)).unicodeScalars) == Array(text.unicodeScalars))
    }

    /// Spec: 2.9.4 String Value, BlockStringValue()
    @Test(arguments: [
        ("simple", "simple"),
        (" white space stays ", " white space stays "),
        ("\n  Hello,\n    World!\n\n  Yours,\n    GraphQL.\n", "Hello,\n  World!\n\nYours,\n  GraphQL."),
        ("first\n    second\n      third", "first\nsecond\n  third"),
        ("    first counts not\n  second", "    first counts not\nsecond"),
        ("\n\n  \t\n  a\n \n\n", "a"),
        ("\n  a\n\n  b  \n  ", "a\n\nb  "),
        ("\n\ta\n  b", "a\n b"),
        ("a\r\n b\r c\n d", "a\nb\nc\nd"),
        (#"quotes " "" \""" end"#, #"quotes " "" """ end"#),
        (#"no escapes \n \u0041 \\ \x"#, #"no escapes \n \u0041 \\ \x"#),
        ("   \n  \n", ""),
        ("\n  é\n  😀\n", "é\n😀"),
        ("\u{0}nul", "\u{0}nul"),
    ])
    func `a block string loses its common indentation`(_ raw: String, _ text: String) throws {
        let document = try Document(parsing: "{ a(b: \"\"\"\(raw)\"\"\") }")
        #expect(document.values[0].kind == .blockString)
        #expect(document.string(of: Index(0)) == text)
    }

    @Test(
        arguments: [
            ("0", .int(0)), ("-7", .int(-7)), ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
            ("9223372036854775808", .bigInteger("9223372036854775808")), ("1.0", .float(1)), ("1e3", .float(1000)),
            ("-2.5E-1", .float(-0.25)), ("1e999", .float(.infinity)),
        ] as [(String, Value)])
    func `a number's text has a value`(_ text: String, _ value: Value) {
        #expect(Value.number(text) == value)
    }
}
