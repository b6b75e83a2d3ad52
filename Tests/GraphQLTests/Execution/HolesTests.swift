import SeededRandom
import GraphQL
import Testing

/// Awaited fields leave holes that are filled later. However a field is resolved, the data must come out the same: nulls
/// propagate to the same places.
@Suite struct HolesTests {
    /// How the fields of `Tree` are bound.
    enum Binding: CaseIterable { case synchronous, awaited, batched, mixed }

    static let sdl = """
        type Query { tree: Tree, strictTree: Tree!, forest: [Tree], strictForest: [Tree!]! }
        interface Plant { id: ID! }
        type Bush implements Plant { id: ID!, strictLeaf: String!, strictChild: Tree! }
        type Tree implements Plant {
          id: ID!
          leaf: String
          strictLeaf: String!
          child: Tree
          strictChild: Tree!
          children: [Tree]
          strictChildren: [Tree!]!
          grid: [[Tree!]]
          strictGrid: [[Tree!]!]!
          plant: Plant
          strictPlants: [Plant!]!
          plantGrid: [[Plant]!]
        }
        """

    @Test(arguments: 0..<60)
    func `data is the same however fields are resolved`(seed: Int) async throws {
        var random = SplitMix64(state: UInt64(seed))
        let document = Self.document(&random)
        let failures = Int.random(in: 2...12, using: &random)
        var answers: [Binding: String] = [:]
        for binding in Binding.allCases {
            let schema = try Self.schema(binding, failures: failures)
            let operation = try schema.prepare(document, operationName: nil).get()
            let response = await schema.execute(operation, context: TestContext())
            answers[binding] = data(of: String(decoding: response.body, as: UTF8.self))
        }
        for binding in Binding.allCases {
            #expect(answers[binding] == answers[.synchronous], "seed \(seed), \(binding): \(document)")
        }
    }

    /// The response without its errors, which awaited fields report in another order and number.
    private func data(of response: String) -> String {
        response.firstRange(of: #","errors":["#).map { String(response[..<$0.lowerBound]) } ?? response
    }

    private static func document(_ random: inout SplitMix64) -> String {
        func selection(_ depth: Int, _ random: inout SplitMix64) -> String {
            var fields = ["id"]
            for leaf in ["leaf", "strictLeaf"] where Bool.random(using: &random) { fields.append(leaf) }
            guard depth > 0 else { return "{ \(fields.joined(separator: " ")) }" }
            for field in ["child", "strictChild", "children", "strictChildren", "grid", "strictGrid"]
            where Int.random(in: 0..<3, using: &random) == 0 {
                fields.append("\(field) \(selection(depth - 1, &random))")
            }
            for field in ["plant", "strictPlants", "plantGrid"] where Int.random(in: 0..<3, using: &random) == 0 {
                let bush = "... on Bush { strictLeaf strictChild \(selection(depth - 1, &random)) }"
                fields.append("\(field) { id ... on Tree \(selection(depth - 1, &random)) \(bush) }")
            }
            return "{ \(fields.shuffled(using: &random).joined(separator: " ")) }"
        }
        let roots = ["tree", "strictTree", "forest", "strictForest"].filter { _ in Bool.random(using: &random) }
        return "{ \((roots + ["last: tree"]).map { "\($0) \(selection(3, &random))" }.joined(separator: " ")) }"
    }

    /// One field in `failures` is null or fails, the same ones for every binding.
    private static func schema(
        _ binding: Binding, failures: Int
    ) throws -> ExecutableSchema<TestContext> {
        try ExecutableSchema(Schema(Document(parsing: sdl))) { schema in
            schema.query { query in
                query.field("tree") { _ in Tree(id: "r") }
                query.field("strictTree") { _ in Tree(id: "s") }
                query.field("forest") { _ -> [Tree?] in [Tree(id: "f0"), nil, Tree(id: "f1")] }
                query.field("strictForest") { _ in [Tree(id: "g0"), Tree(id: "g1")] }
            }
            schema.object(Tree.self) { tree in
                tree.field("id", \.id)
                bind("leaf", &tree, binding, 0) { try $0.optional("leaf", failures) { $0 } }
                bind("strictLeaf", &tree, binding, 1) { try $0.strict("strictLeaf", failures) }
                bind("child", &tree, binding, 2) { try $0.optional("child", failures) { Tree(id: $0) } }
                bind("strictChild", &tree, binding, 3) { Tree(id: try $0.strict("strictChild", failures)) }
                bind("children", &tree, binding, 4) { tree in
                    try tree.optional("children", failures) { id -> [Tree?] in
                        [Tree(id: id + "0"), nil, Tree(id: id + "1")]
                    }
                }
                bind("strictChildren", &tree, binding, 5) { tree in
                    let id = try tree.strict("strictChildren", failures)
                    return [Tree(id: id + "0"), Tree(id: id + "1")]
                }
                bind("strictGrid", &tree, binding, 7) { tree in
                    let id = try tree.strict("strictGrid", failures)
                    return [[Tree(id: id + "0"), Tree(id: id + "1")], [], [Tree(id: id + "2")]]
                }
                bind("plant", &tree, binding, 8) { try $0.optional("plant", failures) { Plant(id: $0) } }
                bind("strictPlants", &tree, binding, 9) { tree in
                    let id = try tree.strict("strictPlants", failures)
                    return [Plant(id: id + "0"), Plant(id: id + "1")]
                }
                bind("plantGrid", &tree, binding, 10) { tree in
                    try tree.optional("plantGrid", failures) { id -> [[Plant?]] in
                        [[Plant(id: id + "0"), nil], [Plant(id: id + "1")]]
                    }
                }
                bind("grid", &tree, binding, 6) { tree in
                    try tree.optional("grid", failures) { id -> [[Tree]?] in
                        [[Tree(id: id + "0")], nil, [], [Tree(id: id + "1")]]
                    }
                }
            }
            schema.object(Bush.self) { bush in
                bush.field("id", \.tree.id)
                bind("strictLeaf", &bush, binding, 1) { try $0.tree.strict("strictLeaf", failures) }
                bind("strictChild", &bush, binding, 3) { Tree(id: try $0.tree.strict("strictChild", failures)) }
            }
        }
    }

    private static func bind<Parent, Output: OutputValue>(
        _ name: String, _ tree: inout ObjectBinder<Parent, TestContext>, _ binding: Binding, _ number: Int,
        _ resolve: @escaping @Sendable (Parent) throws -> Output
    ) {
        let isAwaited = binding == .awaited || (binding == .mixed && number % 3 == 1)
        let isBatched = binding == .batched || (binding == .mixed && number % 3 == 2)
        if isAwaited {
            tree.field(name) { tree, _ async throws in
                if name.utf8.count % 2 == 0 { await Task.yield() }
                return try resolve(tree)
            }
        } else if isBatched {
            tree.batch(name) { trees, _ in trees.map { tree in Result { try resolve(tree) } } }
        } else {
            tree.property(name) { tree throws in try resolve(tree) }
        }
    }
}

/// A node that can be told apart by the way to it.
private struct Tree: ObjectOutput {
    static var typeName: String { "Tree" }
    let id: String

    /// Whether the field of this node is one of those that come to nothing.
    private func isFault(_ field: String, _ failures: Int) -> Bool {
        (id + field).utf8.reduce(7) { ($0 &* 31 &+ Int($1)) & 0xFFFF } % failures == 0
    }

    func strict(_ field: String, _ failures: Int) throws -> String {
        if isFault(field, failures) { throw GraphQLError("no") }
        return id + field.prefix(2)
    }

    func optional<Value>(_ field: String, _ failures: Int, _ make: (String) -> Value) throws -> Value? {
        isFault(field, failures) ? nil : make(id + field.prefix(2))
    }
}

/// A tree that has less to say.
private struct Bush: ObjectOutput {
    static var typeName: String { "Bush" }
    let tree: Tree
}

/// A tree or a bush, by its identifier.
private struct Plant: AbstractOutput {
    static var typeName: String { "Plant" }
    let id: String

    func visit(_ visitor: inout AbstractVisitor) {
        if id.utf8.reduce(0, { $0 &+ $1 }) % 3 == 0 {
            visitor(Bush(tree: Tree(id: id)))
        } else {
            visitor(Tree(id: id))
        }
    }
}
