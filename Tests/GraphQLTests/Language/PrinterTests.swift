import Testing

@testable import GraphQL

struct PrinterTests {
    @Test(arguments: [KitchenSink.executable, KitchenSink.typeSystem])
    func `a document in canonical form is printed as it is`(_ text: String) throws {
        #expect(Printer.print(try Document(parsing: text)) == text)
    }

    @Test(arguments: [
        ("query { a }", "{\n  a\n}"),
        ("query ($a: Int) { a }", "query ($a: Int) {\n  a\n}"),
        ("query @a { a }", "query @a {\n  a\n}"),
        ("mutation { a }", "mutation {\n  a\n}"),
        ("query Q { a }", "query Q {\n  a\n}"),
        ("{a:b,c}#x", "{\n  a: b\n  c\n}"),
        ("{ a: a }", "{\n  a\n}"),
        // Without the word, the braces would be the type's.
        ("type T query { a }", "type T\n\nquery {\n  a\n}"),
        ("extend schema @d query { a } query { b }", "extend schema @d\n\nquery {\n  a\n}\n\n{\n  b\n}"),
        ("scalar S query { a }", "scalar S\n\n{\n  a\n}"),
        ("{ a } { b }", "{\n  a\n}\n\n{\n  b\n}"),
        ("fragment F on T { a }", "fragment F on T {\n  a\n}"),
        ("{ ...F ...on T{a} }", "{\n  ...F\n  ... on T {\n    a\n  }\n}"),
        ("union U = | A | B", "union U = A | B"),
        ("type T implements & A & B", "type T implements A & B"),
        ("directive @d on | FIELD", "directive @d on FIELD"),
        ("type T { f(a: Int, b: [Int] = [1 2]): Int }", "type T {\n  f(a: Int, b: [Int] = [1, 2]): Int\n}"),
    ])
    func `layout is canonical`(_ text: String, _ expected: String) throws {
        #expect(Printer.print(try Document(parsing: text)) == expected)
    }

    @Test(arguments: [(71, false), (72, false), (73, true)])
    func `arguments on a line longer than 80 characters get lines of their own`(_ length: Int, _ isSplit: Bool) throws {
        let value = String(repeating: "x", count: length)
        let field = isSplit ? "f(\n    a: \"\(value)\"\n  )" : "f(a: \"\(value)\")"
        #expect(Printer.print(try Document(parsing: "{ f(a: \"\(value)\") }")) == "{\n  \(field)\n}")
    }

    @Test(arguments: [
        ("", #""""#),
        ("plain é", #""plain é""#),
        ("\" \\ /", #""\" \\ /""#),
        ("\u{8}\u{C}\n\r\t", #""\b\f\n\r\t""#),
        ("\u{0}\u{1F}\u{7F}\u{9F}\u{A0}", "\"\\u0000\\u001F\\u007F\\u009F\u{A0}\""),
        ("😀", "\"😀\""),
    ])
    func `strings are escaped`(_ text: String, _ expected: String) throws {
        #expect(StringLiteral.quoted(text) == expected)
        #expect(try value(of: expected) == text)
    }

    @Test(arguments: [
        ("", #""""""""#),
        ("short", #""""short""""#),
        ("quote\"", "\"\"\"\nquote\"\n\"\"\""),
        ("slash\\", "\"\"\"\nslash\\\n\"\"\""),
        ("triple \"\"\" in", #""""triple \""" in""""#),
        ("triple \"\"\"\u{301} mark", "\"\"\"triple \\\"\"\"\u{301} mark\"\"\""),
        (" first line indented", #"""" first line indented""""#),
        ("two\nlines", "\"\"\"\ntwo\nlines\n\"\"\""),
        ("no\n  indent\n\n  lost", "\"\"\"\nno\n  indent\n\n  lost\n\"\"\""),
        (String(repeating: "x", count: 70), "\"\"\"" + String(repeating: "x", count: 70) + "\"\"\""),
        (String(repeating: "x", count: 71), "\"\"\"\n" + String(repeating: "x", count: 71) + "\n\"\"\""),
    ])
    func `block strings keep their text`(_ text: String, _ expected: String) throws {
        #expect(StringLiteral.blockQuoted(text) == expected)
        #expect(try value(of: expected) == text)
    }

    private func value(of literal: String) throws -> String {
        let document = try Document(parsing: "{ a(b: \(literal)) }")
        return document.string(of: document.arguments[0].value)
    }
}
