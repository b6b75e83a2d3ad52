import GraphQL
import Testing

/// What operations cost, and that too costly ones are refused.
@Suite struct ComplexityTests {
    private static let sdl = """
        directive @cost(weight: String!) on FIELD_DEFINITION
        directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!]) on FIELD_DEFINITION

        type Query {
          node: Node
          plain: [Node]
          assumed: [Node] @listSize(assumedSize: 10)
          page(first: Int = 5, last: Int): [Node]
            @listSize(assumedSize: 7, slicingArguments: ["first", "last"])
          connection(first: Int): Connection @listSize(slicingArguments: ["first"], sizedFields: ["edges"])
          dear: Int @cost(weight: "2.5")
        }
        scalar Anything
        type Node { id: Int leaf: Int @cost(weight: "3") node: Node list: [Node] @listSize(assumedSize: 10) }
        type Connection { total: Int edges: [Node] other: [Node] }
        """

    private static let cases: [(document: String, variables: [ObjectField], cost: Int)] = [
        ("{ __typename }", [], 0),
        ("{ node { id } }", [], 1),
        ("{ node { id leaf node { id } } dear }", [], 8),
        ("{ plain { node { id } } }", [], 2),
        ("{ assumed { node { id } leaf } }", [], 41),
        ("{ assumed { list { leaf } } }", [], 1 + 10 + 300),
        ("{ page { leaf } }", [], 1 + 5 * 3),
        ("{ page(first: 100) { leaf } }", [], 301),
        ("{ page(first: 2, last: 20) { leaf } }", [], 61),
        ("{ page(first: null) { leaf } }", [], 1 + 7 * 3),
        ("query($n: Int) { page(first: $n) { leaf } }", [ObjectField("n", .int(50))], 151),
        ("query($n: Int = 30) { page(first: $n) { leaf } }", [], 91),
        ("query($n: Int) { page(first: $n) { leaf } }", [], 16),
        ("{ connection(first: 10) { total edges { leaf } other { leaf } } }", [], 1 + 1 + 30 + 1 + 3),
        (
            "{ assumed { ...F ... { ...F } } } fragment F on Node { leaf node { ...G } } fragment G on Node { leaf }",
            [],
            1 + 10 * 2 * (3 + 1 + 3)
        ),
        (
            "{ connection(first: 10) { ...F } } fragment F on Connection { edges { leaf } other { leaf } }", [],
            1 + 31 + 4
        ),
        ("{ connection(first: 10) { ... { ... on Connection { edges { leaf } } } } }", [], 1 + 1 + 30),
        (
            "{ connection(first: 10) { ...F ... { ...F } } b: connection(first: 2) { ...G } } "
                + "fragment F on Connection { total ...G ... { e: edges { leaf } } } "
                + "fragment G on Connection { ... { edges { ...N } } other { leaf } } fragment N on Node { list { leaf } }",
            [],
            1 + 2 * (1 + 10 * 31 + 4 + 1 + 10 * 3) + 1 + (1 + 2 * 31 + 4)
        ),
        (
            "{ ...Q } fragment Q on Query { connection(first: 10) { ...F } } "
                + "fragment F on Connection { edges { node { id } list { edges: leaf } } }",
            [],
            1 + 1 + 10 * (1 + 1 + 10 * 3)
        ),
        (
            "query($n: Int) { connection(first: $n) { ...F } } fragment F on Connection { edges { leaf } }",
            [ObjectField("n", .int(200_000))], 2 + 200_000 * 3
        ),
    ]

    private final class Context: Sendable {}

    /// Whether a custom scalar is bound must make no difference.
    @Test(arguments: cases, [false, true]) func `an operation costs what its schema says`(
        _ test: (document: String, variables: [ObjectField], cost: Int), _ bindsScalar: Bool
    ) async throws {
        let (document, variables, cost) = test
        for limit in [cost, cost + 1] {
            #expect(try await errors(document, variables, limit: limit, bindsScalar: bindsScalar) == nil)
        }
        guard cost > 0 else { return }
        #expect(
            try await errors(document, variables, limit: cost - 1, bindsScalar: bindsScalar)
                == "The operation has a complexity of \(cost); the limit is \(cost - 1).")
    }

    @Test(arguments: [
        (#"@cost(weight: "-1e30")"#, 0), ("@cost(weight: -1e30)", 0), (#"@cost(weight: "-inf")"#, 0),
        ("@cost(weight: -5)", 0), (#"@cost(weight: "0.1")"#, 1), (#"@cost(weight: "1e9")"#, 1_000_000_000),
        (#"@cost(weight: "1e30")"#, 1_000_000_000), (#"@cost(weight: "inf")"#, 1_000_000_000),
        ("@cost(weight: 9223372036854775807)", 1_000_000_000), ("@cost(weight: 92233720368547758070)", 1_000_000_000),
        (#"@cost(weight: "nan")"#, 1), (#"@cost(weight: "much")"#, 1), ("@cost(weight: null)", 1),
        ("@listSize(assumedSize: -1e30)", 1), ("@listSize(assumedSize: 1e30)", 1_000_000_000),
        ("@listSize(assumedSize: -9223372036854775808)", 1),
    ])
    func `a number that makes no sense is taken for the nearest one that does, or for none`(
        _ hint: String, _ cost: Int
    ) async throws {
        let schema = """
            directive @cost(weight: String) on FIELD_DEFINITION
            directive @listSize(assumedSize: Int) on FIELD_DEFINITION
            type Query { a: Query \(hint) b: Int @cost(weight: "1") }
            """
        let document = hint.hasPrefix("@cost") ? "{ a { __typename } }" : "{ a { b } }"
        let found = cost < 1_000_000_000 ? "\(cost)" : "\(cost) or more"
        #expect(
            try await errors(document, [], limit: -1, in: Schema(unchecked: [Document(parsing: schema)]))
                == "The operation has a complexity of \(found); the limit is -1.")
    }

    @Test func `a cost beyond all numbers is one, and without a limit nothing is refused`() async throws {
        let levels = (0..<30).map { "fragment L\($0) on Node { a\($0): list { ...L\($0 + 1) } }" }.joined()
        let document = "{ assumed { ...L0 } } \(levels) fragment L30 on Node { leaf }"
        #expect(
            try await errors(document, [], limit: 10_000)
                == "The operation has a complexity of 1000000000 or more; the limit is 10000.")
        #expect(try await errors(document, [], limit: nil) == nil)
    }

    /// The message of a refusal; nil when the operation is executed.
    private func errors(
        _ document: String, _ variables: [ObjectField], limit: Int?, in schema: Schema? = nil, bindsScalar: Bool = false
    ) async throws -> String? {
        var limits = Limits()
        limits.complexity = limit
        let schema = try ExecutableSchema<Context>(
            schema ?? Schema(Document(parsing: Self.sdl)), limits: limits
        ) { binder in
            if bindsScalar { binder.scalar("Anything", .named("Anything")) }
            binder.dynamic { _, _, _ in .null }
        }
        let operation = try schema.prepare(document, operationName: nil).get()
        let response = await schema.execute(operation, variables: variables, context: Context())
        guard response.isRequestError else { return nil }
        guard case .list(let errors)? = try JSONParser.parse(response.body)["errors"],
            case .string(let message)? = errors.first?["message"]
        else { return nil }
        return message
    }
}
