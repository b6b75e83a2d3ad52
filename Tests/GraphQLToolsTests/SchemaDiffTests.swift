import GraphQL
import GraphQLTools
import Testing

/// What changes between two schemas, and what it does to operations.
@Suite struct SchemaDiffTests {
    /// Old definitions, new definitions, and the changes; both schemas have a query root besides.
    static let cases: [(String, String, [String])] = [
        ("type A { b: Int }", "type A { b: Int }", []),

        // Types.
        ("type A { b: Int }", "", ["breaking: A was removed. (TYPE_REMOVED)"]),
        ("", "type A { b: Int }", ["safe: A was added. (TYPE_ADDED)"]),
        (
            "type A { b: Float }", "type A { b: Int }",
            [
                "breaking: A.b changed type from Float to Int. (FIELD_CHANGED_KIND)",
                "breaking: Standard scalar Float was removed because it is not referenced anymore. (TYPE_REMOVED)",
            ]
        ),
        (
            "interface A { b: Int } union B = Query scalar C", "union A = Query enum B { C } input C { d: Int }",
            [
                "breaking: A changed from an Interface type to a Union type. (TYPE_CHANGED_KIND)",
                "breaking: B changed from a Union type to an Enum type. (TYPE_CHANGED_KIND)",
                "breaking: C changed from a Scalar type to an Input type. (TYPE_CHANGED_KIND)",
            ]
        ),
        (
            "scalar A scalar B @specifiedBy(url: \"b\") scalar C @specifiedBy(url: \"c\")",
            "scalar A @specifiedBy(url: \"a\") scalar B scalar C @specifiedBy(url: \"d\")",
            [
                "dangerous: A is specified by \"a\" now. (SPECIFIED_BY_URL_CHANGED)",
                "dangerous: B is no longer specified by a URL. (SPECIFIED_BY_URL_CHANGED)",
                "dangerous: C is specified by \"d\" now. (SPECIFIED_BY_URL_CHANGED)",
            ]
        ),
        (
            "interface I { b: Int } interface J { b: Int } type A implements I { b: Int } interface K implements J { b: Int }",
            "interface I { b: Int } interface J { b: Int } type A implements J { b: Int } interface K { b: Int }",
            [
                "breaking: A no longer implements interface I. (IMPLEMENTED_INTERFACE_REMOVED)",
                "breaking: K no longer implements interface J. (IMPLEMENTED_INTERFACE_REMOVED)",
                "dangerous: A implements interface J now. (IMPLEMENTED_INTERFACE_ADDED)",
            ]
        ),
        (
            "type A { b: Int } type B { b: Int } union U = A | Query",
            "type A { b: Int } type B { b: Int } union U = Query | B",
            [
                "breaking: A was removed from union type U. (TYPE_REMOVED_FROM_UNION)",
                "dangerous: B was added to union type U. (TYPE_ADDED_TO_UNION)",
            ]
        ),
        (
            "enum E { A B C D @deprecated }",
            "enum E { \"New\" A C @deprecated(reason: \"x\") E D @deprecated(reason: \"y\") }",
            [
                "breaking: E.B was removed. (VALUE_REMOVED_FROM_ENUM)",
                "dangerous: E.E was added. (VALUE_ADDED_TO_ENUM)",
                "safe: E.A got a description. (DESCRIPTION_CHANGED)",
                "safe: E.C was deprecated: \"x\". (DEPRECATED)",
                "safe: E.D is deprecated for another reason: \"y\". (DEPRECATION_REASON_CHANGED)",
            ]
        ),

        // Fields.
        (
            "type A { b: Int c: Int @deprecated } interface I { d: Int }",
            "type A { c: Int e: Int } interface I { d: Int f: Int }",
            [
                "breaking: A.b was removed. (FIELD_REMOVED)",
                "safe: A.c is no longer deprecated. (DEPRECATION_REMOVED)",
                "safe: A.e was added. (FIELD_ADDED)",
                "safe: I.f was added. (FIELD_ADDED)",
            ]
        ),

        // Arguments.
        (
            "type A { b(c: Int, d: Int, e: Int = 1, f: Int! = 1, g: Int = 2): Int }",
            "type A { b(d: Int!, e: Int, f: Int!, g: Int = 3, h: Int, i: Int!, j: Int! = 1): Int }",
            [
                "breaking: A.b(c:) was removed. (ARG_REMOVED)",
                "breaking: A.b(d:) changed type from Int to Int!. (ARG_CHANGED_KIND)",
                "breaking: A.b(f:) lost its default value 1, and is required now. (ARG_BECAME_REQUIRED)",
                "breaking: A.b(i:) was added, and is required. (REQUIRED_ARG_ADDED)",
                "dangerous: A.b(e:) lost its default value 1. (ARG_DEFAULT_VALUE_CHANGE)",
                "dangerous: A.b(g:) changed its default value from 2 to 3. (ARG_DEFAULT_VALUE_CHANGE)",
                "dangerous: A.b(h:) was added. (OPTIONAL_ARG_ADDED)",
                "dangerous: A.b(j:) was added. (OPTIONAL_ARG_ADDED)",
            ]
        ),
        (
            "type A { b(c: Int! = 1, d: Int): Int }", "type A { b(c: Int = 2, d: Int = null): Int }",
            [
                "dangerous: A.b(c:) changed its default value from 1 to 2. (ARG_DEFAULT_VALUE_CHANGE)",
                "dangerous: A.b(d:) got the default value null. (ARG_DEFAULT_VALUE_CHANGE)",
                "safe: A.b(c:) changed type from Int! to Int. (ARG_CHANGED_KIND_SAFE)",
            ]
        ),

        // Input objects. The order of fields doesn't matter, and a literal equals what it coerces to.
        (
            "input I { a: [Int] = 1 b: Int c: Int! = 1 d: Int e: Int! f: Int } type A { b(c: I = { b: 2, e: 1 }): Int }",
            "input I { e: Int b: Int! c: Int! a: [Int] = [1] d: Int = 3 g: Int h: Int! } type A { b(c: I = { e: 1, b: 2, c: 1, h: 1 }): Int }",
            [
                "breaking: I.b changed type from Int to Int!. (FIELD_CHANGED_KIND)",
                "breaking: I.c lost its default value 1, and is required now. (INPUT_FIELD_BECAME_REQUIRED)",
                "breaking: I.f was removed. (FIELD_REMOVED)",
                "breaking: I.h was added, and is required. (REQUIRED_INPUT_FIELD_ADDED)",
                "dangerous: I.d got the default value 3. (INPUT_FIELD_DEFAULT_VALUE_CHANGE)",
                "dangerous: I.g was added. (OPTIONAL_INPUT_FIELD_ADDED)",
                "dangerous: A.b(c:) changed its default value from {a: [1], b: 2, c: 1, e: 1} to {e: 1, b: 2, c: 1, a: [1], d: 3, h: 1}. (ARG_DEFAULT_VALUE_CHANGE)",
                "safe: I.e changed type from Int! to Int. (FIELD_CHANGED_KIND_SAFE)",
            ]
        ),
        (
            "input I { a: Int b: Int } type A { b(c: I = { a: 1, b: 2 }): Int }",
            "input I { b: Int a: Int } type A { b(c: I = { b: 2, a: 1 }): Int }", []
        ),
        (
            "input I { a: Int } input J @oneOf { a: Int }", "input I @oneOf { a: Int } input J { a: Int }",
            [
                "breaking: I demands exactly one of its fields now. (ONE_OF_ADDED)",
                "safe: J no longer demands exactly one of its fields. (ONE_OF_REMOVED)",
            ]
        ),

        // Directives.
        (
            "directive @a on FIELD directive @b(c: Int, d: Int, e: Int! = 1) repeatable on FIELD | QUERY",
            "directive @b(d: [Int], e: Int!, f: Int, g: Int!) on FIELD | MUTATION directive @h on FIELD",
            [
                "breaking: @a was removed. (DIRECTIVE_REMOVED)",
                "breaking: @b(c:) was removed. (DIRECTIVE_ARG_REMOVED)",
                "breaking: @b(d:) changed type from Int to [Int]. (DIRECTIVE_ARG_CHANGED_KIND)",
                "breaking: @b(e:) lost its default value 1, and is required now. (DIRECTIVE_ARG_BECAME_REQUIRED)",
                "breaking: @b(g:) was added, and is required. (REQUIRED_DIRECTIVE_ARG_ADDED)",
                "breaking: @b is no longer repeatable. (DIRECTIVE_REPEATABLE_REMOVED)",
                "breaking: @b is no longer allowed on QUERY. (DIRECTIVE_LOCATION_REMOVED)",
                "safe: @b(f:) was added. (OPTIONAL_DIRECTIVE_ARG_ADDED)",
                "safe: @b is allowed on MUTATION now. (DIRECTIVE_LOCATION_ADDED)",
                "safe: @h was added. (DIRECTIVE_ADDED)",
            ]
        ),
        (
            "directive @a(b: Int! = 1) on FIELD", "directive @a(b: Int = 2) repeatable on FIELD",
            [
                "dangerous: @a(b:) changed its default value from 1 to 2. (DIRECTIVE_ARG_DEFAULT_VALUE_CHANGE)",
                "safe: @a(b:) changed type from Int! to Int. (DIRECTIVE_ARG_CHANGED_KIND_SAFE)",
                "safe: @a is repeatable now. (DIRECTIVE_REPEATABLE_ADDED)",
            ]
        ),

        // The schema and its descriptions.
        (
            "\"A\" type A { \"b\" b(\"c\" c: Int): Int }", "type A { \"B\" b(c: Int): Int }",
            [
                "safe: A lost its description. (DESCRIPTION_CHANGED)",
                "safe: A.b is described anew. (DESCRIPTION_CHANGED)",
                "safe: A.b(c:) lost its description. (DESCRIPTION_CHANGED)",
            ]
        ),
        ("", "\"New\" schema { query: Query }", ["safe: The schema got a description. (DESCRIPTION_CHANGED)"]),
        (
            "schema { query: A mutation: Query } type A { q: Int }",
            "schema { query: Query subscription: A } type A { q: Int }",
            [
                "breaking: The query root type changed from A to Query. (ROOT_TYPE_CHANGED)",
                "breaking: Query is no longer the mutation root type. (ROOT_TYPE_REMOVED)",
                "safe: A became the subscription root type. (ROOT_TYPE_ADDED)",
            ]
        ),
    ]

    private func changes(_ old: String, _ new: String) throws -> [SchemaChange] {
        let root = "type Query { q: Int }\n"
        return try SchemaDiff.changes(
            from: Schema(Document(parsing: root + old)), to: Schema(Document(parsing: root + new)))
    }

    @Test(arguments: cases)
    func `every change is named`(old: String, new: String, lines: [String]) throws {
        #expect(try changes(old, new).map(\.description) == lines)
    }

    @Test func `every kind of change has a case here`() throws {
        let kinds = try Self.cases.flatMap { try changes($0.0, $0.1).map(\.kind) }
        #expect(Set(SchemaChange.Kind.allCases).subtracting(kinds).map(\.rawValue) == [])
    }

    /// Whether an output type, and an input type, may become another.
    @Test(arguments: [
        ("Int", "Int!", true, false), ("Int!", "Int", false, true), ("Int", "[Int]", false, false),
        ("[Int]", "Int", false, false), ("[Int]", "[Int]!", true, false), ("[Int]", "[Int!]", true, false),
        ("[Int]", "[Int!]!", true, false), ("[Int!]", "[Int]", false, true), ("[Int!]!", "[Int]", false, true),
        ("[Int]!", "[Int!]", false, false), ("[[Int]]", "[[Int!]]!", true, false), ("[[Int]!]", "[[Int]]", false, true),
        ("Int", "String", false, false), ("Int!", "String!", false, false), ("[Int]!", "[[Int]]!", false, false),
    ])
    func `a type may become another that promises more, or demands less`(
        old: String, new: String, isSafeOutput: Bool, isSafeInput: Bool
    ) throws {
        let types = "type A { s: String i: Int }"
        let outputs = try changes("\(types) type B { c: \(old) }", "\(types) type B { c: \(new) }")
        #expect(outputs.map(\.kind) == [isSafeOutput ? .fieldChangedKindSafe : .fieldChangedKind])
        let arguments = try changes("\(types) type B { c(d: \(old)): Int }", "\(types) type B { c(d: \(new)): Int }")
        #expect(arguments.map(\.kind) == [isSafeInput ? .argChangedKindSafe : .argChangedKind])
        let fields = try changes("\(types) input B { c: \(old) }", "\(types) input B { c: \(new) }")
        #expect(fields.map(\.kind) == [isSafeInput ? .fieldChangedKindSafe : .fieldChangedKind])
    }

    @Test func `a change for programs`() throws {
        #expect(
            try changes("type A { b: Int c: Int }", "\"New\" schema { query: Query } type A { c: Int }").map(\.json)
                == [
                    .object([
                        ObjectField("severity", .string("breaking")), ObjectField("kind", .string("FIELD_REMOVED")),
                        ObjectField("coordinate", .string("A.b")), ObjectField("message", .string("A.b was removed.")),
                    ]),
                    .object([
                        ObjectField("severity", .string("safe")), ObjectField("kind", .string("DESCRIPTION_CHANGED")),
                        ObjectField("coordinate", .null),
                        ObjectField("message", .string("The schema got a description.")),
                    ]),
                ])
    }
}
