import GraphQL

/// A random document whose fields often meet: few names, fragments on types of all kinds, the same fields again.
struct MergingDocument {
    static let schema = Result { try Schema(Document(parsing: sdl)) }

    private static let sdl = """
        interface Node { a: Int node: Node nodes: [Node] any: Any }
        interface Other { a: Int any: Any }
        type A implements Node & Other { a: Int node: A nodes: [Node] any: Any v: Int w: String s: A f(x: Int, y: In): Int }
        type B implements Node { a: Int node: Node nodes: [B] any: Any v: String! w: String s: [B] f(x: Int, y: In): Int }
        type C implements Other { a: Int any: A v: Int w: E s: C f(x: Int, y: In): Int }
        union Any = A | B | C
        enum E { E F }
        input In { i: Int j: [Int] }
        type Query { a: Int node: Node nodes: [Node] any: Any other: Other s: A f(x: Int, y: In): Int v: Int w: String }
        """

    private(set) var text: String
    private var fieldsLeft = 24
    private let fragments: [(name: String, type: String)]

    init(_ entropy: inout Entropy) {
        fragments = (0..<entropy.number(below: 4)).map {
            ("F\($0)", entropy.element(of: ["A", "B", "C", "Node", "Other", "Any"]))
        }
        text = ""
        text = selectionSet(on: "Query", depth: 4, fragmentsFrom: 0, &entropy)
        for (position, fragment) in fragments.enumerated() {
            fieldsLeft += 4
            let selections = selectionSet(on: fragment.type, depth: 3, fragmentsFrom: position + 1, &entropy)
            text += " fragment \(fragment.name) on \(fragment.type) \(selections)"
        }
    }

    /// Fragments spread only later ones, so that none contains itself.
    private mutating func selectionSet(
        on type: String, depth: Int, fragmentsFrom first: Int, _ entropy: inout Entropy
    ) -> String {
        let selections = (0...entropy.number(below: 3)).map { _ in
            selection(on: type, depth: depth, fragmentsFrom: first, &entropy)
        }
        return "{ \(selections.joined(separator: " ")) }"
    }

    private mutating func selection(
        on type: String, depth: Int, fragmentsFrom first: Int, _ entropy: inout Entropy
    ) -> String {
        let form = entropy.number(below: 10)
        if form < 2, depth > 0, type != "Query" {
            let condition = entropy.element(of: ["", " on A", " on B", " on C", " on Node", " on Other", " on Any"])
            let inner = condition.isEmpty ? type : String(condition.dropFirst(4))
            return "...\(condition) \(selectionSet(on: inner, depth: depth - 1, fragmentsFrom: first, &entropy))"
        }
        if form < 4, first < fragments.count, type != "Query" {
            return "...\(entropy.element(of: Array(fragments[first...])).name)"
        }
        return field(of: type, depth: depth, fragmentsFrom: first, &entropy)
    }

    private mutating func field(
        of type: String, depth: Int, fragmentsFrom first: Int, _ entropy: inout Entropy
    ) -> String {
        guard let schema = try? Self.schema.get(), let parent = schema.type(named: type) else { return "__typename" }
        fieldsLeft -= 1
        let fields = schema.fields[parent.fields].filter { field in
            depth > 0 && fieldsLeft > 0 || schema[field.type.namedType].isLeaf
        }
        guard let field = fields.isEmpty ? nil : entropy.element(of: Array(fields)) else { return "__typename" }
        let alias = entropy.isOne(in: 6) ? entropy.element(of: ["x: ", "a: ", "s: "]) : ""
        let arguments = field.name == "f" ? entropy.element(of: Self.arguments) : ""
        let named = schema[field.type.namedType]
        guard named.isComposite else { return alias + field.name + arguments }
        let selections = selectionSet(on: named.name, depth: depth - 1, fragmentsFrom: first, &entropy)
        return "\(alias)\(field.name) \(selections)"
    }

    /// Most of them the same, in some other order.
    private static let arguments = [
        "", "(x: 1)", "(x: 1, y: {i: 1, j: [2]})", "(y: {j: [2], i: 1}, x: 1)", "(y: {j: [2], i: 1}, x: 1)",
        "(y: {j: 2, i: 1}, x: 1)",
    ]
}
