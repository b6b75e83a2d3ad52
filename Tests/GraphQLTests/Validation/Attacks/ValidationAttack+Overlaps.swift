import GraphQL

// Fields to be merged: OverlappingFieldsCanBeMerged.
extension ValidationAttack {
    private static let tooComplex = "The fields of this document are too complex to be merged."

    static let overlaps = [
        ValidationAttack(
            "2,000 fields that each spread a fragment of 2,000", .valid,
            "{ \(list(0..<2_000) { "a\($0): a { ...F }" }) } fragment F on Query { \(list(0..<2_000) { "x\($0): leaf" }) }"
        ),
        ValidationAttack(
            "2,000 fields of one name that each spread a fragment of 2,000", .valid,
            "{ \(list(0..<2_000) { _ in "a { ...F }" }) } fragment F on Query { \(list(0..<2_000) { "x\($0): leaf" }) }"
        ),
        ValidationAttack(
            "a subset construction by fragments that contain themselves", rules: [.overlappingFieldsCanBeMerged],
            .valid, automaton(18)),
        ValidationAttack("a subset construction", .valid, unrolledAutomaton(states: 20, levels: 40)),
        ValidationAttack(
            "1,000 fragments side by side", .valid,
            "{ \(list(0..<1_000) { "...F\($0)" }) } \(list(0..<1_000) { "fragment F\($0) on Query { leaf a { leaf } }" })"
        ),
        ValidationAttack(
            "9,000 fragments, each with a field of its own", .valid,
            "{ \(list(0..<9_000) { "...F\($0)" }) } \(list(0..<9_000) { "fragment F\($0) on Query { x\($0): leaf }" })"),
        ValidationAttack("150,000 flat fields", limits: .off, .valid, "{ \(list(0..<150_000) { _ in "leaf" }) }"),
        ValidationAttack(
            "150,000 flat fields of different names", limits: .off, .valid,
            "{ \(list(0..<150_000) { "x\($0): leaf" }) }"),
        ValidationAttack(
            "30,000 fragments", limits: .off, .valid,
            "{ \(list(0..<30_000) { "...F\($0)" }) } \(list(0..<30_000) { "fragment F\($0) on Query { leaf }" })"),
        ValidationAttack(
            "a conflict beside thousands of fields and fragments that have none",
            .refused("Fields \"y\" conflict because \"leaf\" and \"other\" are different fields."),
            "{ \(list(0..<10_000) { "x\($0): leaf" }) \(list(0..<5_000) { "...F\($0)" }) y: leaf y: other } "
                + list(0..<5_000) { "fragment F\($0) on Query { z\($0): leaf }" }),
        ValidationAttack(
            "conflicts of each field with each", .errors(101, last: aborted),
            "{ \(list(0..<12_000) { "x: set(int: \($0))" }) }"),
        ValidationAttack(
            "conflicts of each field with each, one level down",
            .refused("Fields \"a\" conflict because subfields \"x\" conflict because"),
            "{ a { \(list(0..<7_000) { _ in "x: leaf" }) } a { \(list(0..<7_000) { _ in "x: other" }) } }"),
        ValidationAttack(
            "fields of the same name in each of 300 types", .valid,
            "{ some { \(list(0..<6_000) { "... on Type\($0 % 300) { id }" }) } }"),
        ValidationAttack(
            "selections of the same name in each of 300 types", .valid,
            "{ some { \(list(0..<6_000) { "... on Type\($0 % 300) { node { x\($0): id } }" }) } }"),
        ValidationAttack(
            "different fields of the same response name in each of 300 types", .valid,
            "{ some { \(list(0..<6_000) { "... on Type\($0 % 300) { x: own\($0 % 300) }" }) } }"),
        ValidationAttack(
            "fields of the same name in an interface and in each of 300 types", .valid,
            "{ node { \(list(0..<3_000) { "id ... on Type\($0 % 300) { id }" }) } }"),
        ValidationAttack(
            "selections of the same name in an interface and in each of 300 types", .refused(tooComplex),
            "{ node { \(list(0..<3_000) { "node { x\($0): id } ... on Type\($0 % 300) { node { y\($0): id } }" }) } }"),
        ValidationAttack(
            "conflicts behind fields of the same name in each of 300 types",
            .errors(2, last: "Fields \"y\" conflict because \"leaf\" and \"other\" are different fields."),
            "{ some { \(list(0..<6_000) { "... on Type\($0 % 300) { id }" }) } \(list(0..<2) { "a\($0): a { y: leaf y: other }" }) }"
        ),
        ValidationAttack(
            "equal arguments, deep and long", .valid, "{ \(list(0..<2) { _ in "set(any: \(deepText))" }) }"),
        ValidationAttack(
            "fields nested within each other, each twice", .valid,
            list(0..<190, separator: "") { _ in "{ a { leaf } a " } + "{ leaf }" + String(repeating: "}", count: 190)),
        ValidationAttack(
            "a ladder of fragments that spread the next twice", rules: [.overlappingFieldsCanBeMerged], .valid,
            "{ ...F0 } \(list(0..<4_000) { "fragment F\($0) on Query { a { ...F\($0 + 1) } a { ...F\($0 + 1) leaf } }" })"
                + "fragment F4000 on Query { leaf }"),
    ]

    private static let deepText =
        String(repeating: "[", count: 190) + "\"" + String(repeating: "a", count: 400_000) + "\""
        + String(repeating: "]", count: 190)

    /// Whether the last letter but `count` is an x: deterministic, this takes a state for each set of fragments.
    private static func automaton(_ count: Int) -> String {
        "{ ...F0 } fragment F0 on Query { x: a { ...F0 } x: a { ...F1 } y: a { ...F0 } } "
            + list(1..<count) { "fragment F\($0) on Query { x: a { ...F\($0 + 1) } y: a { ...F\($0 + 1) } } " }
            + "fragment F\(count) on Query { leaf }"
    }

    /// The same without fragments that contain themselves: each level has fragments of its own.
    private static func unrolledAutomaton(states: Int, levels: Int) -> String {
        func fragment(_ level: Int, _ state: Int) -> String {
            func next(_ name: String, _ state: Int) -> String { "\(name): a { ...L\(level + 1)S\(state) } " }
            let fields =
                if level == levels || state == states - 1 { "leaf" } else if state == 0 {
                    next("x", 0) + next("x", 1) + next("y", 0)
                } else {
                    next("x", state + 1) + next("y", state + 1)
                }
            return "fragment L\(level)S\(state) on Query { \(fields) } "
        }
        return "{ ...L0S0 } "
            + list(0..<levels + 1, separator: "") { level in
                list(0..<min(level + 1, states), separator: "") { fragment(level, $0) }
            }
    }
}
