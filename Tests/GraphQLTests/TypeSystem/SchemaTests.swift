import GraphQL
import Testing

/// Schemas built from the type-system language.
@Suite struct SchemaTests {
    @Test func `extensions are merged into their types`() throws {
        let schema = try Schema(
            Document(
                parsing: """
                    "What can be asked."
                    schema { query: Root }
                    type Root implements Named { name: String! }
                    interface Named { name: String! }
                    extend type Root { size(unit: Unit = METER): Float @deprecated(reason: "Weigh it.") }
                    enum Unit { METER }
                    extend enum Unit { FOOT @deprecated }
                    union Thing = Root
                    input Range { from: Int = 1 }
                    extend input Range { to: Int! }
                    scalar Date
                    extend scalar Date @specifiedBy(url: "https://example.com/date")
                    """))
        let root = try #require(schema.type(named: "Root"))
        let size = try #require(schema.field(of: root.id, named: "size"))
        #expect(schema.description == "What can be asked.")
        #expect(schema.queryType == root.id)
        #expect(schema.fields[root.fields].map(\.name) == ["name", "size"])
        #expect(size.deprecationReason == "Weigh it.")
        #expect(schema.name(of: size.type) == "Float")
        #expect(size.arguments.map(\.defaultValue) == [.enum("METER")])
        #expect(
            schema.type(named: "Unit")?.enumValues.map(\.deprecationReason) == [nil, "No longer supported"])
        #expect(schema.type(named: "Range")?.inputFields.map(\.isRequired) == [false, true])
        #expect(schema.type(named: "Date")?.specifiedByURL == "https://example.com/date")
        #expect(schema.type(named: "Named")?.possibleTypes == [root.id])
        #expect(schema.type(named: "Thing")?.possibleTypes == [root.id])
    }

    @Test func `a default value takes the defaults of the fields it leaves out`() throws {
        let schema = try Schema(
            Document(
                parsing: """
                    type Query { items(by: Sort = { field: "price" }): Int }
                    input Sort { field: String!, page: Page = {}, descending: Boolean! = false }
                    input Page { first: Int! = 10 }
                    """))
        let query = try #require(schema.queryType)
        let argument = try #require(schema.field(of: query, named: "items")?.arguments.first)
        #expect(
            argument.defaultValue
                == .object([
                    ObjectField("field", .string("price")),
                    ObjectField("page", .object([ObjectField("first", .int(10))])),
                    ObjectField("descending", .boolean(false)),
                ]))
    }

    @Test(arguments: [
        ("type Query { a: Missing }", ["Unknown type \"Missing\"."]),
        (
            "type Query { a: Int a: Int } type Query { b: Int }",
            ["There can be only one type named \"Query\".", "Field \"Query.a\" can only be defined once."]
        ),
        (
            "type Query { a: Unknown } union U enum E",
            [
                "Unknown type \"Unknown\".", "Union type U must define one or more member types.",
                "Enum type E must define one or more values.",
            ]
        ),
        (
            "type Query { a: Int a: Int } type T implements I { b: Int } interface I { c: Int }",
            [
                "Field \"Query.a\" can only be defined once.",
                "Interface field I.c expected but T does not provide it.",
            ]
        ),
        // What is missing as a consequence is not reported.
        ("extend type Query { a: Int }", ["Cannot extend type \"Query\" because it is not defined."]),
        ("type Query { a: Int } input In { a: Missing }", ["Unknown type \"Missing\"."]),
        (
            "type Query { a: Int } enum E enum E { A } extend enum E { A }",
            [
                "There can be only one type named \"E\".", "Enum value \"E.A\" can only be defined once.",
            ]
        ),
        (
            "type Query implements I { a: Missing } interface I { a: Int }",
            ["Unknown type \"Missing\"."]
        ),
        (
            "type Query implements I { a(b: Missing): Int } interface I { a(b: Int): Int }",
            ["Unknown type \"Missing\"."]
        ),
        (
            "type Query implements I { a(b: Int!): Int } interface I { a(b: Missing): Int }",
            ["Unknown type \"Missing\"."]
        ),
        (
            "type Query { a(in: In = {b: 1}): Int } input In { b: Missing } directive @d(in: In) on OBJECT "
                + "type T @d(in: {b: 1}) { a: Int }",
            ["Unknown type \"Missing\"."]
        ),
        ("input Query { a: Int }", ["Query root type must be Object type, it cannot be Query."]),
        (
            "type Query { a(b: Query): In } input In { c: Int }",
            [
                "The type of Query.a must be Output Type but got: In.",
                "The type of Query.a(b:) must be Input Type but got: Query.",
            ]
        ),
        (
            "type Query implements Node { a: Int } interface Node { id: ID! }",
            ["Interface field Node.id expected but Query does not provide it."]
        ),
        (
            "type Query { a(b: Int = \"1\"): Int }",
            ["Query.a(b:) has invalid default value: \"1\" is no value of type \"Int\"."]
        ),
        (
            "type Query { __a: Int }",
            ["Name \"__a\" must not begin with \"__\", which is reserved by GraphQL introspection."]
        ),
        (
            "type Query { a: Int } enum E union U = Int union V",
            [
                "Enum type E must define one or more values.",
                "Union type U can only include Object types, it cannot include Int.",
                "Union type V must define one or more member types.",
            ]
        ),
    ])
    func `every problem of a schema is reported`(sdl: String, messages: [String]) {
        #expect(throws: (any Error).self) { try Schema(Document(parsing: sdl)) }
        do {
            _ = try Schema(Document(parsing: sdl))
        } catch let error as SchemaErrors {
            #expect(Set(error.errors.map(\.message)) == Set(messages))
        } catch {
            Issue.record(error)
        }
    }
}
