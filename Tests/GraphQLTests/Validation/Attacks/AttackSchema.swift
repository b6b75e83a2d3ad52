import GraphQL

/// A schema with much of everything: what an attack multiplies with.
enum AttackSchema {
    static let typeCount = 300
    static let enumValueCount = 5_000

    static let schema = Result { try Schema(Document(parsing: sdl, limits: .trusted)) }

    private static let sdl = """
        directive @mark(a: Int) repeatable on FIELD | INLINE_FRAGMENT | FRAGMENT_SPREAD
        scalar Any
        enum Big { \(list(0..<enumValueCount) { "VALUE\($0)" }) }
        input In { a: Int in: In ins: [In] big: Big bigs: [Big] any: Any matrix: [[[Int]]] }
        input One @oneOf { a: Int b: String }
        interface Node { id: ID node: Node }
        \(list(0..<typeCount) { "type Type\($0) implements Node { id: ID node: Node own\($0): Int }" })
        union Some = \(list(0..<typeCount, separator: "|") { "Type\($0)" })
        type Query {
            a: Query b: Query node: Node some: Some leaf: Int other: Int
            set(in: In, big: Big, bigs: [Big], any: Any, one: One, int: Int): Int
        }
        type Subscription { tick: Int tock: Int }
        """
}

/// The texts that a number stands for, one behind the other.
func list(_ numbers: Range<Int>, separator: String = " ", _ text: (Int) -> String) -> String {
    numbers.map(text).joined(separator: separator)
}
