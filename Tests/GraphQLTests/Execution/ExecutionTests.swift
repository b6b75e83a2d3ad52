import GraphQL
import Synchronization
import Testing

/// Execution through the engine's door: a document in, the response's bytes out.
@Suite struct ExecutionTests {
    static let sdl = """
        type Query {
          items: [Item!]!
          maybeItems: [Item]
          item(id: ID!, scale: Float = 1.5, tags: [String!], kind: Kind): Item
          search: [SearchResult!]!
          failing: String
          failingNonNull: String!
          numbers: [[Int!]]!
        }
        type Mutation { add(amount: Int!): Int!, fail: Int, failNonNull: Int!, create: Item }
        enum Kind { SMALL LARGE }
        interface Named { name: String! }
        type Item implements Named {
          id: ID!
          name: String!
          kind: Kind!
          price: Float
          slow: String!
          slowNullable: String
          slowFailing: String!
          owner: Owner
          strictOwner: Owner!
          arguments: String
        }
        type Owner implements Named { name: String!, slow: String!, slowFailing: String!, items: [Item!]! }
        union SearchResult = Item | Owner
        """

    @Test(arguments: [
        ("{ __typename }", #"{"data":{"__typename":"Query"}}"#),
        (
            "{ items { id name kind price } }",
            #"{"data":{"items":[{"id":"1","name":"One \"1\"","kind":"SMALL","price":1.5},{"id":"2","name":"Two","kind":"LARGE","price":null}]}}"#
        ),
        (
            "{ a: items { id } b: items { x: id id } }",
            #"{"data":{"a":[{"id":"1"},{"id":"2"}],"b":[{"x":"1","id":"1"},{"x":"2","id":"2"}]}}"#
        ),
        (
            "{ items { ...F ... on Item { id } ... on Named { __typename } } } fragment F on Item { name id }",
            #"{"data":{"items":[{"name":"One \"1\"","id":"1","__typename":"Item"},{"name":"Two","id":"2","__typename":"Item"}]}}"#
        ),
        (
            "{ items { id @skip(if: true) name @include(if: false) kind } }",
            #"{"data":{"items":[{"kind":"SMALL"},{"kind":"LARGE"}]}}"#
        ),
        (
            "{ search { __typename ... on Item { id } ... on Owner { name } } }",
            #"{"data":{"search":[{"__typename":"Item","id":"1"},{"__typename":"Owner","name":"Ann"}]}}"#
        ),
        ("{ numbers }", #"{"data":{"numbers":[[1,2],null,[]]}}"#),
        (
            #"{ item(id: 7, kind: LARGE, tags: "x") { arguments } }"#,
            #"{"data":{"item":{"arguments":"7 1.5 [\"x\"] LARGE"}}}"#
        ),
        ("{ items { slow } }", #"{"data":{"items":[{"slow":"slow 1"},{"slow":"slow 2"}]}}"#),
        (
            "{ items { id owner { name slow } slow slowNullable } }",
            #"{"data":{"items":[{"id":"1","owner":{"name":"Ann","slow":"slow Ann"},"slow":"slow 1","slowNullable":null},{"id":"2","owner":null,"slow":"slow 2","slowNullable":null}]}}"#
        ),
        (
            "{ failing }",
            #"{"data":{"failing":null},"errors":[{"message":"no","locations":[{"line":1,"column":3}],"path":["failing"]}]}"#
        ),
        (
            "{ items { id } failingNonNull }",
            #"{"data":null,"errors":[{"message":"no","locations":[{"line":1,"column":16}],"path":["failingNonNull"]}]}"#
        ),
        (
            "{ maybeItems { id strictOwner { name } } }",
            #"{"data":{"maybeItems":[{"id":"1","strictOwner":{"name":"Ann"}},null]},"errors":[{"message":"Item 2 has no owner.","locations":[{"line":1,"column":19}],"path":["maybeItems",1,"strictOwner"]}]}"#
        ),
        (
            "{ maybeItems { id slowFailing } }",
            #"{"data":{"maybeItems":[{"id":"1","slowFailing":"fine"},null]},"errors":[{"message":"no","locations":[{"line":1,"column":19}],"path":["maybeItems",1,"slowFailing"]}]}"#
        ),
        (
            "{ maybeItems { id owner { name slowFailing slow } slow } }",
            #"{"data":{"maybeItems":[{"id":"1","owner":null,"slow":"slow 1"},{"id":"2","owner":null,"slow":"slow 2"}]},"errors":[{"message":"no","locations":[{"line":1,"column":32}],"path":["maybeItems",0,"owner","slowFailing"]}]}"#
        ),
        (
            "{ items { slowFailing } }",
            #"{"data":null,"errors":[{"message":"no","locations":[{"line":1,"column":11}],"path":["items",1,"slowFailing"]}]}"#
        ),
        (
            "mutation { a: add(amount: 1) b: add(amount: 10) fail c: add(amount: 100) }",
            #"{"data":{"a":1,"b":11,"fail":null,"c":111},"errors":[{"message":"no","locations":[{"line":1,"column":49}],"path":["fail"]}]}"#
        ),
        (
            "mutation { create { slow failing: strictOwner { name } } add(amount: 5) }",
            #"{"data":{"create":null,"add":5},"errors":[{"message":"Item 2 has no owner.","locations":[{"line":1,"column":26}],"path":["create","failing"]}]}"#
        ),
        (
            "{ item(id: 12345678901234567890, kind: SMALL) { id } }",
            #"{"data":{"item":{"id":"12345678901234567890"}}}"#
        ),
        (
            "mutation { a: add(amount: 1) failNonNull c: add(amount: 100) }",
            #"{"data":null,"errors":[{"message":"no","locations":[{"line":1,"column":30}],"path":["failNonNull"]}]}"#
        ),
    ])
    func `a document is executed`(document: String, expected: String) async throws {
        #expect(try await TestService().respond(to: document) == expected, "\(document)")
    }

    @Test(arguments: ["@skip(if: true) @include(if: $on)", "@include(if: $on) @skip(if: true)"])
    func `what is skipped needs no value for include`(_ directives: String) async throws {
        let document = "query($on: Boolean = true) { items { id name \(directives) } }"
        let response = try await TestService().respond(to: document, variables: [ObjectField("on", .null)])
        #expect(response == #"{"data":{"items":[{"id":"1"},{"id":"2"}]}}"#)
    }

    @Test func `a condition that is null makes the object around it null`() async throws {
        let document = "query($on: Boolean = true) { items { id @include(if: $on) name @skip(if: $on) kind } }"
        let service = try TestService()
        let response = try await service.respond(to: document, variables: [ObjectField("on", .null)])
        #expect(
            response
                == #"{"data":null,"errors":[{"message":"Argument \"if\" of non-null type \"Boolean!\" must not be "#
                + #"null.","locations":[{"line":1,"column":54}],"path":["items",0]}]}"#)
    }

    @Test func `a response that grows beyond all measure is refused`() async throws {
        let levels = (0..<7).map { level in
            let fields = (0..<10).map { "f\($0): owner { items { ...L\(level + 1) } }" }.joined(separator: " ")
            return "fragment L\(level) on Item { \(fields) }"
        }
        let document = "{ items { ...L0 } } " + levels.joined(separator: " ") + " fragment L7 on Item { id }"
        var limits = Limits()
        limits.fields = nil
        limits.aliases = nil
        limits.complexity = nil
        let response = try await TestService(limits: limits).respond(to: document)
        #expect(
            response
                == #"{"data":null,"errors":[{"message":"The response has more fields than the limit of 1000000."}]}"#
        )
    }

    @Test(arguments: [49, 50, 51, 10_000])
    func `only the first problems of a variable are reported`(_ count: Int) async throws {
        let tags = Value.list(Array(repeating: .int(1), count: count))
        let response = try await TestService().respond(
            to: "query($tags: [String!]) { item(id: 1, tags: $tags) { id } }", variables: [ObjectField("tags", tags)])
        #expect(response.ranges(of: "got invalid value").count == min(count, 50))
        #expect(
            response.contains("Too many errors processing variables, error limit reached. Execution aborted.")
                == (count > 50))
    }

    @Test func `variables are coerced`() async throws {
        let document =
            "query Q($id: ID!, $scale: Float, $kind: Kind = SMALL, $tags: [String!]) "
            + "{ item(id: $id, scale: $scale, kind: $kind, tags: $tags) { arguments } }"
        let service = try TestService()
        let cases: [([ObjectField], String)] = [
            ([ObjectField("id", .int(4))], #"{"data":{"item":{"arguments":"4 1.5 [] SMALL"}}}"#),
            (
                [ObjectField("id", .string("x")), ObjectField("scale", .int(2)), ObjectField("tags", .string("t"))],
                #"{"data":{"item":{"arguments":"x 2.0 [\"t\"] SMALL"}}}"#
            ),
            (
                [],
                #"{"errors":[{"message":"Variable \"$id\" of required type \"ID!\" was not provided.","locations":[{"line":1,"column":9}]}]}"#
            ),
            (
                [ObjectField("id", .string("x")), ObjectField("tags", .list([.string("a"), .null]))],
                #"{"errors":[{"message":"Variable \"$tags\" got invalid value null at \"tags[1]\"; Expected non-nullable type \"String!\" not to be null.","locations":[{"line":1,"column":55}]}]}"#
            ),
        ]
        for (variables, expected) in cases {
            let response = try await service.respond(to: document, variables: variables)
            #expect(response == expected)
        }
    }

    @Test func `parents of an awaited field are resolved in one batch`() async throws {
        let service = try TestService()
        _ = try await service.respond(to: "{ items { slow } maybeItems { slow } }")
        #expect(service.context.batches.withLock { $0 } == [2, 2])
    }

    @Test func `fragments that nest fields without end are refused, not followed`() throws {
        let links = (0..<5_000).map { "fragment a\($0) on __Type { ofType { ...a\($0 + 1) } }" }
        let document =
            "{ __schema { queryType { ...a0 } } } " + links.joined(separator: " ")
            + " fragment a5000 on __Type { name }"
        #expect(
            try TestService().errors(in: document, operationName: nil).map(\.message)
                == ["The operation is nested 5003 levels deep, fragments included; the limit is 200."])
    }

    @Test func `introspection lists what the schema has`() async throws {
        let response = try await TestService().respond(
            to:
                #"{ __type(name: "Query") { fields { name type { kind ofType { kind name } } args { name defaultValue } } } }"#
        )
        #expect(
            response.hasPrefix(
                #"{"data":{"__type":{"fields":[{"name":"items","type":{"kind":"NON_NULL","ofType":{"kind":"LIST","name":null}},"args":[]}"#
            ))
    }

    @Test func `a type is bound to one Swift type, and an enum to values that it has`() throws {
        let schema = try Schema(Document(parsing: "type Query { a: T b: E } type T { c: Int } enum E { SMALL }"))
        #expect {
            _ = try ExecutableSchema<TestContext>(schema) { schema in
                schema.query { query in
                    query.field("a") { _ in Other() }
                    query.field("b") { _ in OtherEnum.medium }
                }
                schema.object(First.self) { first in first.field("c") { _ in 1 } }
            }
        } throws: { error in
            (error as? BindingErrors)?.problems == [
                "Query.b is E in the schema, but its resolver returns E (SMALL, MEDIUM).",
                "Query.a returns a T of another Swift type than the one that is bound.",
            ]
        }
    }

    @Test func `every gap between schema and resolvers is named`() throws {
        let schema = try Schema(Document(parsing: "type Query { a: Int! b(x: Int!): String c: [Int] }"))
        #expect {
            _ = try ExecutableSchema<TestContext>(schema) { schema in
                schema.query { query in
                    query.field("a") { _ in "text" }
                    query.field("b", Argument<Int>("y")) { _, _, _ in "text" }
                    query.field("d") { _ in 1 }
                }
            }
        } throws: { error in
            (error as? BindingErrors)?.problems == [
                "Query.a is Int! in the schema, but its resolver returns String or ID.",
                "The resolver takes Query.b(y:), but the schema has no such argument.",
                "Query.d has a resolver, but the schema has no such field.",
                "Query.c has no resolver.",
            ]
        }
    }
}

private struct First: ObjectOutput {
    static var typeName: String { "T" }
}

private struct Other: ObjectOutput {
    static var typeName: String { "T" }
}

private enum OtherEnum: String, EnumOutput {
    case small = "SMALL"
    case medium = "MEDIUM"
    static var typeName: String { "E" }
}
