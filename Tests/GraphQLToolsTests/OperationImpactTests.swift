import GraphQL
import GraphQLTools
import Testing

/// Which operations breaking changes concern, and by which of them.
@Suite struct OperationImpactTests {
    static let old = """
        directive @tag(name: String) on FIELD
        type Query { a(b: Int, c: Filter, d: [Kind!]): A any: Any node: Node one: Int! kind: Kind d(x: Int! = 1): Int }
        type Mutation { m(c: Filter): Int }
        interface Node { id: ID }
        type A implements Node { id: ID e: Int f: Int }
        type B { g: Int }
        union Any = A | B
        input Filter { text: String kind: Kind not: Filter }
        enum Kind { X Y }
        """

    private func lines(_ replacements: [(String, String)], _ files: [SourceFile]) throws -> [String] {
        var text = Self.old
        for (from, to) in replacements {
            let range = try #require(text.firstRange(of: from))
            text.replaceSubrange(range, with: to)
        }
        let (old, new) = (try Schema(Document(parsing: Self.old)), try Schema(Document(parsing: text)))
        let impacts = OperationImpact.impacts(
            of: SchemaDiff.changes(from: old, to: new), from: old, to: new, on: try JoinedDocument(files))
        return impacts.flatMap { $0.description.split(separator: "\n").map(String.init) }
    }

    static let cases: [(String, String, String, [String])] = [
        // Change, and what it does to an operation.
        ("f: Int }", "}", "{ a { e } }", []),
        (
            "f: Int }", "h: Int }", "{ a { f f2: f } }",
            [
                "1:1: query is no longer valid.",
                "  1:7: Cannot query field \"f\" on type \"A\". Did you mean \"e\" or \"h\"?",
                "  1:9: Cannot query field \"f\" on type \"A\". Did you mean \"e\" or \"h\"?",
                "  because A.f was removed. (FIELD_REMOVED)",
            ]
        ),
        (
            "f: Int }", "}", "query Q { any { ... on A { ...F } } }\nfragment F on A { f }",
            [
                "1:1: query Q is no longer valid.",
                "  2:19: Cannot query field \"f\" on type \"A\". Did you mean \"e\"?",
                "  because A.f was removed. (FIELD_REMOVED)",
            ]
        ),
        ("b: Int,", "b: Int!,", "{ a(b: 1) { e } }", []),
        (
            "b: Int,", "b: Int!,", "query Q($b: Int) { a(b: $b) { e } }",
            [
                "1:1: query Q is no longer valid.",
                "  1:9: Variable \"$b\" of type \"Int\" used in position expecting type \"Int!\".",
                "  because Query.a(b:) changed type from Int to Int!. (ARG_CHANGED_KIND)",
            ]
        ),
        (
            "b: Int,", "b: Int, x: Int!,", "{ a { e } }",
            [
                "1:1: query is no longer valid.",
                "  1:3: Field \"a\" argument \"x\" of type \"Int!\" is required, but it was not provided.",
                "  because Query.a(x:) was added, and is required. (REQUIRED_ARG_ADDED)",
            ]
        ),
        (
            "text: String", "text: String new: Int!", "{ a(c: { text: \"x\" }) { e } }",
            [
                "1:1: query is no longer valid.",
                "  1:8: Field \"Filter.new\" of required type \"Int!\" was not provided.",
                "  because Filter.new was added, and is required. (REQUIRED_INPUT_FIELD_ADDED)",
            ]
        ),
        (
            "text: String", "text: String new: Int!", "mutation M($c: Filter) { m(c: $c) }",
            [
                "1:1: mutation M may get variables that are no longer accepted.",
                "  because Filter.new was added, and is required. (REQUIRED_INPUT_FIELD_ADDED)",
            ]
        ),
        (
            "X Y", "X", "query Q($c: Filter) { a(c: $c) { e } }",
            [
                "1:1: query Q may get variables that are no longer accepted.",
                "  because Kind.Y was removed. (VALUE_REMOVED_FROM_ENUM)",
            ]
        ),
        ("X Y", "X", "query Q($b: Int) { a(b: $b, d: [X]) { e } }", []),
        (
            "X Y", "X", "{ a(c: { not: { kind: Y } }) { e } }",
            [
                "1:1: query is no longer valid.",
                "  1:23: Value \"Y\" does not exist in \"Kind\" enum. Did you mean the enum value \"X\"?",
                "  because Kind.Y was removed. (VALUE_REMOVED_FROM_ENUM)",
            ]
        ),
        (" e: Int", " e: Int!", "{ a { e } }", []),
        (" e: Int", " e: String", "{ a { f } }", []),
        (
            " e: Int", " e: String", "{ a { f ... on A { e } } }",
            [
                "1:1: query may get a result that it was not made for.",
                "  because A.e changed type from Int to String. (FIELD_CHANGED_KIND)",
            ]
        ),
        (
            "one: Int!", "one: Int", "query Q { one }",
            [
                "1:1: query Q may get a result that it was not made for.",
                "  because Query.one changed type from Int! to Int. (FIELD_CHANGED_KIND)",
            ]
        ),
        (
            "X Y", "X", "query Q { kind }",
            [
                "1:1: query Q may get a result that it was not made for.",
                "  because Kind.Y was removed. (VALUE_REMOVED_FROM_ENUM)",
            ]
        ),
        (
            "X Y", "X", "query Q($d: [Kind!]) { kind a(d: $d) { e } }",
            [
                "1:1: query Q may get variables that are no longer accepted.",
                "  because Kind.Y was removed. (VALUE_REMOVED_FROM_ENUM)",
                "1:1: query Q may get a result that it was not made for.",
                "  because Kind.Y was removed. (VALUE_REMOVED_FROM_ENUM)",
            ]
        ),
        (
            "union Any = A | B", "interface Any { id: ID }", "{ any { __typename } }",
            [
                "1:1: query may get a result that it was not made for.",
                "  because Any changed from a Union type to an Interface type. (TYPE_CHANGED_KIND)",
            ]
        ),
        (
            "type Mutation", "schema { query: Query mutation: New } type New { m(c: Filter): Int } type Mutation",
            "mutation { m }",
            [
                "1:1: mutation may get a result that it was not made for.",
                "  because The mutation root type changed from Mutation to New. (ROOT_TYPE_CHANGED)",
            ]
        ),
        // Left out where it must be given now.
        ("b: Int,", "b: Int!,", "{ one }", []),
        (
            "b: Int,", "b: Int!,", "{ a { e } }",
            [
                "1:1: query is no longer valid.",
                "  1:3: Field \"a\" argument \"b\" of type \"Int!\" is required, but it was not provided.",
                "  because Query.a(b:) changed type from Int to Int!. (ARG_CHANGED_KIND)",
            ]
        ),
        (
            "x: Int! = 1", "x: Int!", "{ d }",
            [
                "1:1: query is no longer valid.",
                "  1:3: Field \"d\" argument \"x\" of type \"Int!\" is required, but it was not provided.",
                "  because Query.d(x:) lost its default value 1, and is required now. (ARG_BECAME_REQUIRED)",
            ]
        ),
        (
            "text: String", "text: String!", "{ a(c: {}) { e } }",
            [
                "1:1: query is no longer valid.",
                "  1:8: Field \"Filter.text\" of required type \"String!\" was not provided.",
                "  because Filter.text changed type from String to String!. (FIELD_CHANGED_KIND)",
            ]
        ),
        (
            "@tag(name: String)", "@tag(name: String!)", "{ one @tag }",
            [
                "1:1: query is no longer valid.",
                "  1:7: Directive \"@tag\" argument \"name\" of type \"String!\" is required, but it was not provided.",
                "  because @tag(name:) changed type from String to String!. (DIRECTIVE_ARG_CHANGED_KIND)",
            ]
        ),
        (
            "@tag(name: String)", "@tag", "{ a { e @tag(name: \"x\") } }",
            [
                "1:1: query is no longer valid.",
                "  1:14: Unknown argument \"name\" on directive \"@tag\".",
                "  because @tag(name:) was removed. (DIRECTIVE_ARG_REMOVED)",
            ]
        ),
        (
            "Any = A | B", "Any = A", "{ any { ... on B { g } } }",
            [
                "1:1: query is no longer valid.",
                "  1:9: Fragment cannot be spread here as objects of type \"Any\" can never be of type \"B\".",
                "  because B was removed from union type Any. (TYPE_REMOVED_FROM_UNION)",
            ]
        ),
        (
            "A implements Node", "A", "{ node { ... on A { e } } }",
            [
                "1:1: query is no longer valid.",
                "  1:10: Fragment cannot be spread here as objects of type \"Node\" can never be of type \"A\".",
                "  because A no longer implements interface Node. (IMPLEMENTED_INTERFACE_REMOVED)",
            ]
        ),
        (
            "f: Int }", "}", "{ unknown }",
            [
                "1:1: query was not valid before.",
                "  1:3: Cannot query field \"unknown\" on type \"Query\".",
            ]
        ),
    ]

    @Test(arguments: cases)
    func `an operation breaks by the changes that concern it`(
        from: String, to: String, text: String, lines: [String]
    ) throws {
        // A line that begins with a place is about the one file.
        let expected = lines.map { line in
            let text = line.drop { $0 == " " }
            guard text.first?.isNumber == true else { return line }
            return line.prefix(line.count - text.count) + "q:" + text
        }
        let found = try self.lines([(from, to)], [SourceFile(name: "q", text: text)])
        #expect(found == expected)
    }

    @Test func `operations are looked at one by one, with the fragments of their own file before others`() throws {
        let files = [
            SourceFile(
                name: "one", text: "# ä\nquery One { a { ...F } } query Fine { a { e } }\n\nfragment F on A { ...G }"),
            SourceFile(name: "two", text: "query Two { a { ...F } }\nfragment F on A { e }\n"),
            SourceFile(name: "three", text: "query One { any { ... on A { ...G } } } fragment G on A { e, # ü\n f }"),
        ]
        #expect(
            try lines([("f: Int }", "}")], files) == [
                "one:2:1: query One is no longer valid.",
                "  three:2:2: Cannot query field \"f\" on type \"A\". Did you mean \"e\"?",
                "  because A.f was removed. (FIELD_REMOVED)",
                "three:1:1: query One is no longer valid.",
                "  three:2:2: Cannot query field \"f\" on type \"A\". Did you mean \"e\"?",
                "  because A.f was removed. (FIELD_REMOVED)",
            ])
    }

    @Test func `places are right behind characters of several bytes`() throws {
        let text = "query A { a @tag(name: \"äöü😀\") { e } } query B { a { f } }"
        #expect(
            try lines([("f: Int }", "}")], [SourceFile(name: "q", text: text)]) == [
                "q:1:40: query B is no longer valid.",
                "  q:1:54: Cannot query field \"f\" on type \"A\". Did you mean \"e\"?",
                "  because A.f was removed. (FIELD_REMOVED)",
            ])
    }

    @Test func `an impact for programs`() throws {
        let (old, new) = (
            try Schema(Document(parsing: "type Query { a: Int b: Int }")),
            try Schema(Document(parsing: "type Query { b: Int }"))
        )
        let changes = SchemaDiff.changes(from: old, to: new)
        let documents = try JoinedDocument([SourceFile(name: "q", text: "query A { a } query B { b }")])
        let impacts = OperationImpact.impacts(of: changes, from: old, to: new, on: documents)
        #expect(
            impacts.map(\.json.indentedJSON) == [
                """
                {
                  "operation": "A",
                  "type": "query",
                  "file": "q",
                  "line": 1,
                  "column": 1,
                  "effect": "invalid",
                  "errors": [
                    {
                      "message": "Cannot query field \\"a\\" on type \\"Query\\". Did you mean \\"b\\"?",
                      "file": "q",
                      "locations": [
                        {
                          "file": "q",
                          "line": 1,
                          "column": 11
                        }
                      ]
                    }
                  ],
                  "changes": [
                    {
                      "severity": "breaking",
                      "kind": "FIELD_REMOVED",
                      "coordinate": "Query.a",
                      "message": "Query.a was removed."
                    }
                  ]
                }
                """
            ])
    }
}
