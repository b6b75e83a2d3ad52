import GraphQL
import GraphQLTools
import Testing

/// Schemas as introspection results, and back.
@Suite struct IntrospectionTests {
    static let canonical: [String] = [
        "type Query {\n  a: Int\n}",
        // As many wrappers as there may be.
        "type Query {\n  a: \(String(repeating: "[", count: 15))Int!\(String(repeating: "]!", count: 15))\n}",
        """
        \"""What can be asked.\"""
        schema {
          query: Root
          mutation: Change
          subscription: Feed
        }

        \"""Who may see it.\"""
        directive @private(scope: [String!]! = ["all"], until: Date @deprecated) repeatable on FIELD | QUERY

        directive @tag on OBJECT

        scalar Date @specifiedBy(url: "https://example.com/date")

        interface Node {
          id: ID!
        }

        interface Named implements Node {
          id: ID!
          name(in: Language = EN, old: Boolean @deprecated(reason: "Say \\"no\\"\\nto it.")): String @deprecated
        }

        type Root implements Named & Node {
          id: ID!
          name(in: Language = EN, old: Boolean): String @deprecated
          matrix(range: Range = {from: 1, tags: ["x"]}): [[Int!]!]!
          any: Either
        }

        \"""
        Two
        lines
        \"""
        type Change {
          a(
            \"""Explained\"""
            one: One
            date: Date = {y: 2025, month: [9, null, true, AUTUMN]}
          ): Int
        }

        type Feed {
          ticks: Float
        }

        union Either = Root | Feed

        enum Language {
          EN

          \"""Deutsch\"""
          DE
          LA @deprecated(reason: "Mortua est.")
        }

        input Range {
          from: Int! = 0
          to: Int @deprecated
          tags: [String!]
        }

        input One @oneOf {
          id: ID
          at: Range
        }
        """,
    ]

    @Test(arguments: canonical)
    func `a schema comes back from its introspection result`(text: String) async throws {
        let schema = try Schema(Document(parsing: text))
        let answer = try await IntrospectionQuery.answer(of: schema)
        #expect(answer["errors"] == nil)
        for json in [answer, answer["data"] ?? .null] {
            let file = SourceFile(name: "result.json", text: json.indentedJSON)
            let loaded = try LoadedSchema([file])
            #expect(SchemaPrinter.print(loaded.schema) == text)
            #expect(try await IntrospectionQuery.answer(of: loaded.schema) == answer)
        }
    }

    @Test func `what can't be introspected has no answer`() async throws {
        let schema = try Schema(unchecked: [Document(parsing: "type Mutation { a: Int }")])
        let problems = await #expect(throws: Problems.self) { try await IntrospectionQuery.answer(of: schema) }
        #expect(problems?.list == [Problem("Query root type must be provided.")])
    }

    @Test func `an answer of an older edition lacks what that edition doesn't know`() throws {
        let json = """
            {"data": {"__schema": {
              "queryType": {"name": "Query"}, "mutationType": null,
              "types": [
                {"kind": "OBJECT", "name": "Query", "description": null, "interfaces": [], "fields": [
                  {"name": "a", "args": [{"name": "b", "type": {"kind": "SCALAR", "name": "Date"}, "defaultValue": null}],
                   "type": {"kind": "NON_NULL", "name": null, "ofType": {"kind": "SCALAR", "name": "Int"}},
                   "isDeprecated": true, "deprecationReason": null}]},
                {"kind": "INTERFACE", "name": "Node", "fields": [
                  {"name": "id", "args": [], "type": {"kind": "SCALAR", "name": "ID"}, "isDeprecated": false}],
                 "possibleTypes": []},
                {"kind": "SCALAR", "name": "Int"},
                {"kind": "SCALAR", "name": "Date", "specifiedByUrl": "https://example.com"},
                {"kind": "OBJECT", "name": "__Type", "fields": null}
              ],
              "directives": [
                {"name": "deprecated", "locations": ["FIELD_DEFINITION"], "args": []},
                {"name": "own", "locations": ["FIELD"], "args": [], "onField": true}
              ]
            }}}
            """
        let loaded = try LoadedSchema([SourceFile(name: "old.json", text: json)])
        #expect(
            SchemaPrinter.print(loaded.schema) == """
                directive @own on FIELD

                type Query {
                  a(b: Date): Int! @deprecated
                }

                interface Node {
                  id: ID
                }

                scalar Date @specifiedBy(url: "https://example.com")
                """)
    }

    /// A result with one type, field or argument that is given.
    static func result(type: String) -> String {
        #"{"__schema": {"queryType": {"name": "Query"}, "types": [\#(type)]}}"#
    }
    static func result(field: String) -> String {
        result(type: #"{"kind": "OBJECT", "name": "Query", "fields": [\#(field)]}"#)
    }
    static func result(argument: String) -> String {
        result(
            field: #"""
                {"name": "a", "type": {"kind": "SCALAR", "name": "Int"}, "args": [
                    {"name": "b", "type": {"kind": "SCALAR", "name": "Int"}, \#(argument)}]}
                """#)
    }

    static let wrong: [(String, String)] = [
        ("{\"a\"", "Invalid JSON: Expected \":\", but the text ends at byte 4."),
        ("[]", "This is no answer to an introspection query: it has no member \"__schema\"."),
        ("{\"__schema\": null}", "This is no answer to an introspection query: it has no member \"__schema\"."),
        (
            #"{"errors": [{"message": "Introspection is off."}]}"#,
            "The introspection query was answered with an error: Introspection is off."
        ),
        (#"{"__schema": {"queryType": {"name": "Query"}}}"#, "__schema.types must be a list."),
        (#"{"__schema": {"queryType": "Query"}}"#, "__schema.queryType must be an object."),
        (#"{"__schema": {"queryType": {"name": "A B"}, "types": []}}"#, "__schema.queryType.name must be a name."),
        (result(type: "1"), "__schema.types[0].name must be a name."),
        (result(type: #"{"kind": "OBJECT", "name": "Query"}"#), "__schema.types[0].fields must be a list."),
        (
            result(type: #"{"kind": "LIST", "name": "Query"}"#),
            "__schema.types[0] has the kind LIST, which no named type has."
        ),
        (
            result(type: #"{"kind": "ENUM", "name": "E", "enumValues": {}}"#),
            "__schema.types[0].enumValues must be a list."
        ),
        (
            result(type: #"{"kind": "OBJECT", "name": "Query { a: Int } type X", "fields": []}"#),
            "__schema.types[0].name must be a name."
        ),
        (result(field: #"{"name": "a"}"#), "__schema.types[0].fields[0].type must be an object."),
        (
            result(field: #"{"name": "a", "type": {"kind": "LIST", "ofType": null}}"#),
            "__schema.types[0].fields[0].type.ofType is missing: the query must ask for more levels of it."
        ),
        (
            result(argument: #""defaultValue": "1 c: Int""#),
            "__schema.types[0].fields[0].args[0].defaultValue must be a value in the language's notation."
        ),
        (
            result(argument: #""defaultValue": "1 @deprecated""#),
            "__schema.types[0].fields[0].args[0].defaultValue must be a value in the language's notation."
        ),
        (
            result(argument: #""defaultValue": "1 } type X { a: Int""#),
            "__schema.types[0].fields[0].args[0].defaultValue must be a value in the language's notation."
        ),
        (
            result(argument: #""defaultValue": 1"#),
            "__schema.types[0].fields[0].args[0].defaultValue must be a string."
        ),
        (
            result(argument: #""defaultValue": "true""#),
            "Query.a(b:) has invalid default value: true is no value of type \"Int\"."
        ),
        (
            result(field: #"{"name": "a", "type": {"kind": "OBJECT", "name": "Missing"}}"#),
            "Unknown type \"Missing\"."
        ),
    ]

    @Test(arguments: wrong)
    func `what is wrong with a result is said`(json: String, message: String) {
        do {
            _ = try LoadedSchema([SourceFile(name: "result.json", text: json)])
            Issue.record("Nothing is wrong.")
        } catch {
            #expect(error.list.map(\.description) == ["result.json: " + message])
        }
    }

    @Test func `a result can't be combined with other files`() {
        do {
            _ = try LoadedSchema([
                SourceFile(name: "a.graphql", text: "type A { b: Int }"), SourceFile(name: "b.json", text: " {}"),
            ])
            Issue.record("Nothing is wrong.")
        } catch {
            #expect(
                error.list.map(\.description) == [
                    "b.json: An introspection result is a whole schema: no other file can add to it."
                ])
        }
    }

    @Test(arguments: [
        ("{}", "{}"), ("[]", "[]"), ("\"a\\\"b\"", "\"a\\\"b\""),
        (
            #"{"a":[1,2.5,null,{"b":true}],"c":{},"d":[]}"#,
            "{\n  \"a\": [\n    1,\n    2.5,\n    null,\n    {\n      \"b\": true\n    }\n  ],\n  \"c\": {},\n  \"d\": []\n}"
        ),
    ])
    func `JSON is indented for people`(text: String, indented: String) throws {
        #expect(try JSONParser.parse(text.utf8).indentedJSON == indented)
    }
}
