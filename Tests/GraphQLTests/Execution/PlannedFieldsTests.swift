import Testing

@testable import GraphQL

/// How many fields the plan of an operation can grow to, whatever types its objects turn out to have.
@Suite struct PlannedFieldsTests {
    private static let sdl = """
        type Query { node: Node any: Any a: A }
        interface Node { id: ID! node: Node }
        type A implements Node { id: ID! node: Node x: Int }
        type B implements Node { id: ID! node: Node }
        type C implements Node { id: ID! node: Node }
        union Any = A | B
        """

    private static let nested = " fragment F on Node { id node { id } }"

    private static func operation(_ text: String) throws -> PreparedOperation {
        let schema = try ExecutableSchema<TestContext>(Schema(Document(parsing: sdl)), limits: .off) { binder in
            binder.dynamic { _, _, _ in .null }
        }
        return try schema.prepare(text, operationName: nil).get()
    }

    @Test(arguments: [
        ("{ __typename }", 1),
        ("{ a { id x } }", 3),
        ("{ node { id } }", 1 + 3),
        ("{ node { node { id } } }", 1 + 3 + 3 * 3),
        ("{ any { __typename ... on A { id x } ... on B { id } } }", 1 + 2 + 2 + 1),
        ("{ any { ... on Node { id } ... { name: __typename } } }", 1 + 2 + 2),
        ("{ node { ...F } } fragment F on A { id x }", 1 + 2),
        ("{ a { ...F } }" + nested, 1 + 2 + 3),
        ("{ any { ...F } }" + nested, 1 + 2 * (2 + 3)),
        ("{ node { ...F } }" + nested, 1 + 3 * (2 + 3)),
        ("{ a { ...F } node { node { ...F } } }" + nested, 1 + 2 + 3 + 1 + 3 + 3 * 3 * (2 + 3)),
        ("{ __schema { types { name fields { name } } } }", 5),
    ])
    func `what is selected of an abstract type counts for each object type`(_ text: String, _ count: Int) throws {
        #expect(try Self.operation(text).maximumPlannedFields == count)
    }

    @Test func `a plan that could become larger than any integer is counted to an end`() throws {
        let levels = 80
        let text = String(repeating: "{ node ", count: levels) + "{ id }" + String(repeating: " }", count: levels)
        let operation = try Self.operation(text)
        #expect(operation.maximumPlannedFields == Complexity.maximum)
        #expect(operation.estimatedBytes > 1 << 30)
    }

    @Test func `a plan is counted for each value that conditions can have`() throws {
        func bytes(_ conditions: String...) throws -> Int {
            let variables = conditions.map { "$\($0): Boolean! = true" }.joined(separator: " ")
            let fields = conditions.map { "\($0): __typename @skip(if: $\($0))" }.joined(separator: " ")
            let text = "query (\(variables)) { \(fields) }"
            let operation = try Self.operation(text)
            return (operation.estimatedBytes - operation.document.estimatedBytes) / operation.maximumPlannedFields
        }
        let one = try bytes("a")
        #expect(try bytes("a", "b") == one / 3 * 8)
        #expect(try bytes("a", "b", "c") == one / 3 * 8)
    }
}
