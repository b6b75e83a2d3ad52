import Testing

@testable import GraphQL

/// How many fields a plan may have: what is selected of an abstract type counts for each object type that occurs.
@Suite struct PlannedFieldsLimitTests {
    private static let sdl = """
        type Query { nodes: [Node] }
        interface Node { id: ID }
        type A implements Node { id: ID }
        type B implements Node { id: ID }
        type C implements Node { id: ID }
        """

    /// For `count` - 99,998 root fields beside the list, 99,997 with all three types.
    private static func document(_ count: Int) -> String {
        let fields = (0..<33_332).map { "f\($0): id" }.joined(separator: " ")
        let others = (0..<count - 99_997).map { "x\($0): __typename" }.joined(separator: " ")
        return "{ \(others) nodes { \(fields) } }"
    }

    private static func schema(_ fields: Int?) throws -> ExecutableSchema<TestContext> {
        var limits = Limits.off
        limits.fields = fields
        return try ExecutableSchema(Schema(Document(parsing: sdl)), limits: limits) { schema in
            schema.dynamic { parent, field, _ in field.name == "nodes" ? parent : .null }
        }
    }

    /// The messages of the errors when there are objects of these types.
    private func execute(
        _ operation: PreparedOperation, on schema: ExecutableSchema<TestContext>, _ types: [String]
    ) async throws -> [String] {
        let objects = types.map { Value.object([ObjectField("__typename", .string($0))]) }
        let response = await schema.execute(operation, initialValue: .list(objects), context: TestContext())
        guard case .list(let errors)? = try JSONParser.parse(response.body)["errors"] else { return [] }
        return errors.map { if case .string(let message)? = $0["message"] { message } else { "" } }
    }

    private static let tooMany =
        "The operation selects more than 100000 fields, counted for each object type that occurs."

    @Test(arguments: [
        (99_999, 50_000, true), (100_000, 50_000, true), (100_001, 50_000, false), (100_001, 100_001, true),
        (100_001, nil, true),
    ])
    func `a plan has no more fields than it may`(_ count: Int, _ limit: Int?, _ isAccepted: Bool) async throws {
        let schema = try Self.schema(limit)
        let operation = try schema.prepare(Self.document(count), operationName: nil).get()
        #expect(operation.maximumPlannedFields == count)
        #expect(try await execute(operation, on: schema, ["A", "B", "C"]) == (isAccepted ? [] : [Self.tooMany]))
    }

    @Test func `what other requests of the same operation have met doesn't count`() async throws {
        let schema = try Self.schema(50_000)
        let operation = try schema.prepare(Self.document(100_001), operationName: nil).get()
        for types in [["A", "B"], ["B", "C"], ["C", "A"]] {
            #expect(try await execute(operation, on: schema, types) == [])
        }
    }
}
