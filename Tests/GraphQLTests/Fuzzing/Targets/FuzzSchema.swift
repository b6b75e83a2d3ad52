import GraphQL

/// A schema with all kinds of types, whose fields resolve to whatever follows from their place.
enum FuzzSchema {
    final class Context: Sendable {}

    static let sdl = """
        schema { query: Query mutation: Mutation subscription: Subscription }
        directive @mark(by: Color = RED, at: [Int!]) repeatable on
            QUERY | MUTATION | FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT | FRAGMENT_DEFINITION | VARIABLE_DEFINITION
        scalar Blob
        enum Color { RED GREEN BLUE @deprecated }
        input Point { x: Float! y: Float! = 0 unit: Color = RED label: String }
        input Filter { all: [Filter!] near: Point ids: [ID!] matrix: [[Int]!] flag: Boolean! = true blob: Blob }
        input Choice @oneOf { id: ID name: String filter: Filter }
        interface Named { name(upper: Boolean = false): String }
        interface Node implements Named { id: ID! name(upper: Boolean = false): String other: Node }
        type User implements Node & Named {
            id: ID! name(upper: Boolean = false, first: Int): String other: User! age: Int tags: [String!]!
            friends(first: Int = 2, where: Filter): [User!]! color: Color! score: Float
        }
        type Group implements Node & Named {
            id: ID! name(upper: Boolean = false): String other: Node members(by: Choice): [Member] grid: [[User!]]!
            size: Int! color: [Color] blob(at: Point!): Blob
        }
        type Leaf { value(a: Int, b: [String] = ["x"], c: Point): String parent: Group deep: Leaf deepN: Leaf! }
        union Member = User | Group | Leaf
        type Query {
            node(id: ID!): Node named: [Named!] user(where: Filter): User group: Group! members: [Member!]!
            leaf: Leaf choice(by: Choice!): String numbers(of: [[Int!]]): [[Int]]
        }
        type Mutation { set(point: Point!, color: Color): User! drop(ids: [ID!]!): [Group] count: Int! }
        type Subscription { ticks(of: Color): Leaf }
        """

    /// Documents for the schema, to begin with.
    static let operations = [
        "{ node(id: 1) { id ... on User { friends(first: 3) { name } } ...G } } fragment G on Group { size grid { id } }",
        """
        query Q($c: Color! = RED, $p: [Filter!], $s: Boolean!) @mark(by: $c) {
          user(where: {all: $p, near: {x: 1.5, unit: $c}}) @include(if: $s) { ...U } members { __typename ...U }
        }
        fragment U on User { a: name(upper: true) other { other { id @skip(if: $s) } } tags }
        """,
        "mutation { a: set(point: {x: 1}) { id } drop(ids: [1, \"2\"]) { members(by: {id: 3}) { ... on Leaf { value } } } }",
        "subscription { ticks(of: GREEN) { deep { deepN { value(b: null, c: {x: 1, y: 2}) } } } }",
        "{ __schema { types { name fields { name args { defaultValue } } } } t: __type(name: \"User\") { kind } }",
        "{ leaf { ...A } } fragment A on Leaf { deep { ...B } } fragment B on Leaf { deep { parent { id } } value }",
    ]

    static let executable: ExecutableSchema<Context> = {
        do {
            let schema = try Schema(try Document(parsing: sdl))
            return try ExecutableSchema(schema) { binder in
                binder.dynamic { parent, field, arguments in
                    var hash = parent["hash"].flatMap { if case .int(let hash) = $0 { hash } else { nil } } ?? 7
                    for byte in field.name.utf8 { hash = (hash &* 31 &+ Int(byte)) & 0xFFFF_FFFF }
                    for argument in arguments where argument != nil { hash = (hash &* 31 &+ 1) & 0xFFFF_FFFF }
                    if hash % 53 == 0 { throw GraphQLError("no") }
                    return value(field.type, hash, of: schema)
                }
            }
        } catch {
            fatalError("\(error)")
        }
    }()

    /// A value of the type, or null where there must be none, or something else.
    private static func value(_ type: TypeReference, _ hash: Int, of schema: Schema) -> Value {
        let kind = hash % 41
        if kind == 0 { return .null }
        if kind == 1 { return .list([.string("wrong")]) }
        if type.isList { return .list((0..<hash / 41 % 4).map { value(type.item, hash &* 31 &+ $0, of: schema) }) }
        let named = schema[type.namedType]
        switch named.kind {
        case .enum: return .string(named.enumValues[hash % named.enumValues.count].name)
        case .scalar:
            switch named.name {
            case "Int", "ID": return .int(hash % 1000)
            case "Float": return .float(Double(hash % 1000) / 8)
            case "Boolean": return .boolean(hash % 2 == 0)
            default: return .string("\(hash) é")
            }
        case .object, .interface, .union, .inputObject:
            let possible = named.isAbstract ? named.possibleTypes : [named.id]
            let typeName = schema[possible[hash / 41 % possible.count]].name
            return .object([ObjectField("__typename", .string(typeName)), ObjectField("hash", .int(hash))])
        }
    }

    /// The response's bytes, by a cold start and twice by the same prepared operation; nil when the request is not valid.
    static func answer(_ request: FuzzOperation) async -> [[UInt8]]? {
        var bodies: [[UInt8]] = []
        for _ in 0..<2 {
            guard case .success(let operation) = executable.prepare(request.document, operationName: nil) else {
                return nil
            }
            for _ in 0..<2 {
                let response = await executable.execute(operation, variables: request.variables, context: Context())
                bodies.append(response.body)
            }
        }
        return bodies
    }
}
