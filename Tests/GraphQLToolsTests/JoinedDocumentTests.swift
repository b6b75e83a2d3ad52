import GraphQL
import GraphQLTools
import Testing

/// Files read as one document.
@Suite struct JoinedDocumentTests {
    @Test func `places of the whole are places of its files`() throws {
        let joined = try JoinedDocument([
            SourceFile(name: "a", text: "query A { a }\n\n# no line end"),
            SourceFile(name: "comment", text: "query D { d } #"),
            SourceFile(name: "b", text: "query B {\r\n  b\r}\r"),
            SourceFile(name: "c", text: "\u{FEFF}\n  query C { c }"),
        ])
        #expect(
            joined.document.definitions.map { joined.place($0.offset).description } == [
                "a:1:1", "comment:1:1", "b:1:1", "c:2:3",
            ])
    }

    @Test func `each file that is none is named with its first mistake`() {
        do {
            _ = try JoinedDocument([
                SourceFile(name: "a", text: "query A {"),
                SourceFile(name: "b", text: "query B { b }"),
                SourceFile(name: "c", text: ""),
                SourceFile(name: "d", bytes: [0x7B, 0xFF]),
            ])
            Issue.record("Nothing is wrong.")
        } catch {
            #expect(
                error.list.map(\.description) == [
                    "a:1:10: Syntax Error: Expected Name, found <EOF>.",
                    "c:1:1: Syntax Error: Unexpected <EOF>.",
                    "d:1:2: Syntax Error: Invalid UTF-8.",
                ])
        }
    }

    @Test func `a schema of several files is built as one`() throws {
        let loaded = try LoadedSchema([
            SourceFile(name: "a", text: "type Query { a: A }"),
            SourceFile(name: "b", text: "extend type Query { b: Int }\ntype A { c: Int }"),
        ])
        #expect(
            SchemaPrinter.print(loaded.schema)
                == "type Query {\n  a: A\n  b: Int\n}\n\ntype A {\n  c: Int\n}")
    }

    @Test(arguments: [
        (
            "type Query { a: A }", "{ b }",
            ["b:1:1: A schema has no operations and fragments: this is a document to be executed."]
        ),
        (
            "type Query { a: A }", "\n type B { c: C }",
            ["a:1:17: Unknown type \"A\". Did you mean \"B\"?", "b:2:14: Unknown type \"C\". Did you mean \"B\"?"]
        ),
    ])
    func `what is wrong with a schema is found in its files`(first: String, second: String, problems: [String]) {
        do {
            _ = try LoadedSchema([SourceFile(name: "a", text: first), SourceFile(name: "b", text: second)])
            Issue.record("Nothing is wrong.")
        } catch {
            #expect(error.list.map(\.description) == problems)
        }
    }
}
