import GraphQL
import GraphQLTools
import Testing

/// Each rule, on definitions that keep and break it.
@Suite struct LintTests {
    static let cases: [(LintRule, String, [String])] = [
        (
            .typeNameCase,
            "type Query { a: Good } type Good { a: URL } scalar URL enum bad { A } input Bad_One { a: Int } union _U = Good interface i2 { a: Int }",
            [
                "1:61: bad: The name is not in PascalCase: \"Bad\".",
                "1:77: Bad_One: The name is not in PascalCase: \"BadOne\".",
                "1:102: _U: The name is not in PascalCase: \"U\".",
                "1:122: i2: The name is not in PascalCase: \"I2\".",
            ]
        ),
        (
            .fieldNameCase,
            "type Query { good2: Int userID: Int Bad: Int snake_case: Int HTTPUrl: Int _x: Int } input I { Bad_One: Int fine: Int }",
            [
                "1:37: Query.Bad: The name is not in camelCase: \"bad\".",
                "1:46: Query.snake_case: The name is not in camelCase: \"snakeCase\".",
                "1:62: Query.HTTPUrl: The name is not in camelCase: \"httpUrl\".",
                "1:75: Query._x: The name is not in camelCase: \"x\".",
                "1:95: I.Bad_One: The name is not in camelCase: \"badOne\".",
            ]
        ),
        (
            .argumentNameCase,
            "directive @d(A: Int, b: Int) on FIELD type Query { a(B: Int, c_d: Int, e: Int): Int }",
            [
                "1:14: @d(A:): The name is not in camelCase: \"a\".",
                "1:54: Query.a(B:): The name is not in camelCase: \"b\".",
                "1:62: Query.a(c_d:): The name is not in camelCase: \"cD\".",
            ]
        ),
        (
            .enumValueCase,
            "type Query { a: E } enum E { GOOD GOOD_2 bad BadOne A__B C_ _D }",
            [
                "1:42: E.bad: The name is not in UPPER_CASE: \"BAD\".",
                "1:46: E.BadOne: The name is not in UPPER_CASE: \"BAD_ONE\".",
                "1:53: E.A__B: The name is not in UPPER_CASE: \"A_B\".",
                "1:58: E.C_: The name is not in UPPER_CASE: \"C\".",
                "1:61: E._D: The name is not in UPPER_CASE: \"D\".",
            ]
        ),
        (
            .directiveNameCase,
            "directive @good on FIELD directive @Bad on FIELD type Query { a: Int }",
            ["1:37: @Bad: The name is not in camelCase: \"bad\"."]
        ),
        (
            .typeDescription,
            "type Query { a: Int } type A { b: Int } \"B\" type B { b: Int } \" \" scalar C extend type B { c: Int } directive @d on FIELD",
            [
                "1:28: A: There is no description.", "1:74: C: There is no description.",
                "1:112: @d: There is no description.",
            ]
        ),
        (
            .fieldDescription,
            "type Query { a: Int \"b\" b: Int } input I { a: Int \"\" b: Int } extend type Query { c: Int }",
            [
                "1:14: Query.a: There is no description.", "1:44: I.a: There is no description.",
                "1:54: I.b: There is no description.", "1:83: Query.c: There is no description.",
            ]
        ),
        (
            .argumentDescription,
            "type Query { a(b: Int, \"c\" c: Int): Int } directive @d(e: Int, \"f\" f: Int) on FIELD",
            ["1:16: Query.a(b:): There is no description.", "1:56: @d(e:): There is no description."]
        ),
        (
            .enumValueDescription, "type Query { a: E } enum E { A \"B\" B }",
            ["1:30: E.A: There is no description."]
        ),
        (
            .deprecationReason,
            """
            type Query { a(b: Int @deprecated, c: Int @deprecated(reason: "Use d.")): E @deprecated }
            enum E { A @deprecated(reason: " ") B @deprecated(reason: "Use A.") }
            input I { a: Int @deprecated }
            """,
            [
                "1:14: Query.a: The deprecation gives no reason.",
                "1:16: Query.a(b:): The deprecation gives no reason.",
                "2:10: E.A: The deprecation gives no reason.",
                "3:11: I.a: The deprecation gives no reason.",
            ]
        ),
        (
            .unusedType,
            """
            type Query { node: Node any(of: In): Any }
            interface Node { id: ID! }
            type ByInterface implements Node { id: ID! deep: Deep }
            type Deep { a: Int }
            union Any = Member
            type Member { a: Int }
            input In { kind: Kind }
            enum Kind { A }
            directive @d(scope: Scope) on FIELD
            enum Scope { A }
            type Unused { other: AlsoUnused }
            type AlsoUnused { other: Unused }
            scalar Date
            input NoInput { a: Int }
            """,
            [
                "11:6: Unused: No operation can reach the type.",
                "12:6: AlsoUnused: No operation can reach the type.",
                "13:8: Date: No operation can reach the type.",
                "14:7: NoInput: No operation can reach the type.",
            ]
        ),
        (
            .nullableListItem,
            "type Query { a: [Int] b: [Int!] c(d: [[Int!]]!, e: [Int!]!): Int } input I { f: [[Int]!] } directive @d(g: [I]) on FIELD",
            [
                "1:14: Query.a: The list [Int] may hold nulls; [Int!] does not.",
                "1:35: Query.c(d:): The list [[Int!]]! may hold nulls; [[Int!]!]! does not.",
                "1:78: I.f: The list [[Int]!] may hold nulls; [[Int!]!] does not.",
                "1:105: @d(g:): The list [I] may hold nulls; [I!] does not.",
            ]
        ),
        (
            .idType,
            "type Query { id: ID! a: A } type A { id: ID b: B userId: Int } type B { id: String! c: C } interface C { id: [ID!]! } input I { id: Int }",
            [
                "1:38: A.id: An id is an ID!, not ID.", "1:73: B.id: An id is an ID!, not String!.",
                "1:106: C.id: An id is an ID!, not [ID!]!.",
            ]
        ),
        (
            .unboundedList,
            "type Query { a: [A!]! b: [Int!]! c(first: Int): [A] d(filter: String): [[A]!] e: A } type A { f: [A!]! }",
            [
                "1:14: Query.a: The list can't be asked for in parts, such as the \"first\" ones.",
                "1:53: Query.d: The list can't be asked for in parts, such as the \"first\" ones.",
            ]
        ),
    ]

    @Test(arguments: cases)
    func `a rule finds what breaks it`(rule: LintRule, sdl: String, lines: [String]) throws {
        let loaded = try LoadedSchema([SourceFile(name: "s", text: sdl)])
        #expect(
            loaded.findings(rules: [rule]).map(\.description) == lines.map { "s:\($0) (\(rule.rawValue))" })
    }

    @Test func `every rule has a case here, and a sentence`() {
        #expect(Self.cases.map(\.0) == LintRule.allCases)
        #expect(LintRule.allCases.allSatisfy { $0.summary.hasSuffix(".") })
    }

    @Test func `findings of several rules and files are in the order of the files`() throws {
        let loaded = try LoadedSchema([
            SourceFile(name: "a", text: "type Query { A: [Int] }"), SourceFile(name: "b", text: "\nenum E { a }"),
        ])
        #expect(
            loaded.findings(rules: [.fieldNameCase, .nullableListItem, .enumValueCase, .unusedType]).map(\.description)
                == [
                    "a:1:14: Query.A: The name is not in camelCase: \"a\". (field-name-case)",
                    "a:1:14: Query.A: The list [Int] may hold nulls; [Int!] does not. (nullable-list-item)",
                    "b:2:6: E: No operation can reach the type. (unused-type)",
                    "b:2:10: E.a: The name is not in UPPER_CASE: \"A\". (enum-value-case)",
                ])
    }

    @Test func `a schema that keeps all rules has no findings`() throws {
        let loaded = try LoadedSchema([
            SourceFile(
                name: "s",
                text: #"""
                    type Query { "All." items("How many." first: Int): [Item!]! }
                    "One." type Item { "Its." id: ID! "Which." kind: Kind @deprecated(reason: "There is one.") }
                    "Kinds." enum Kind { "One." ONE }
                    "Marks." directive @mark("With." text: String) on FIELD
                    """#)
        ])
        #expect(loaded.findings() == [])
    }

    @Test func `an introspection result has no places`() async throws {
        let schema = try Schema(Document(parsing: "type Query { A: Int }"))
        let file = SourceFile(name: "s.json", text: try await IntrospectionQuery.answer(of: schema).indentedJSON)
        let findings = try LoadedSchema([file]).findings(rules: [.fieldNameCase])
        #expect(
            findings.map(\.description) == [
                "s.json: Query.A: The name is not in camelCase: \"a\". (field-name-case)"
            ])
        #expect(
            findings.map(\.json) == [
                .object([
                    ObjectField("rule", .string("field-name-case")), ObjectField("coordinate", .string("Query.A")),
                    ObjectField("message", .string("The name is not in camelCase: \"a\".")),
                    ObjectField("file", .string("s.json")), ObjectField("line", .null), ObjectField("column", .null),
                ])
            ])
    }
}
