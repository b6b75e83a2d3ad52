import GraphQL

// Operations that share fragments, and fragments that spread others.
extension ValidationAttack {
    private static let tooMany = "The operations of this document share too many fragments."

    static let sharings = [
        ValidationAttack(
            "a chain of fragments", .valid,
            "{ ...F0 } \(list(0..<12_000) { "fragment F\($0) on Query { ...F\($0 + 1) }" }) fragment F12000 on Query { leaf }"
        ),
        ValidationAttack(
            "a cycle of fragments", rules: [.noFragmentCycles],
            .refused("Cannot spread fragment \"F0\" within itself via \"F1\", \"F2\""),
            "{ ...F0 } \(list(0..<12_000) { "fragment F\($0) on Query { ...F\(($0 + 1) % 12_000) }" })"),
        ValidationAttack(
            "fragments that spread each other", .errors(101, last: aborted),
            "{ ...F0 } \(list(0..<200) { "fragment F\($0) on Query { \(list(0..<200) { "...F\($0)" }) }" })"),
        ValidationAttack(
            "operations that share a chain of fragments",
            .errors(2, last: "The fields of this document are too complex to be merged."),
            list(0..<3_000) { "query O\($0)($v: Int) { ...F0 }" }
                + list(0..<6_000) { "fragment F\($0) on Query { ...F\($0 + 1) }" }
                + "fragment F6000 on Query { set(int: $v) }"),
        ValidationAttack(
            "operations that share uses of variables", .errors(1, last: tooMany),
            list(0..<2_000) { "query O\($0)($v: Int) { ...F }" }
                + "fragment F on Query { \(list(0..<6_000) { "x\($0): set(int: $v)" }) }"),
        ValidationAttack(
            "operations that share uses of undefined variables", .errors(101, last: aborted),
            list(0..<3_000) { "query O\($0) { ...F }" }
                + "fragment F on Query { \(list(0..<8_000) { "x\($0): set(int: $v)" }) }"),
        ValidationAttack(
            "operations that share misuses of variables", .errors(101, last: aborted),
            list(0..<2_000) { "query O\($0)($v: Boolean) { ...F }" }
                + "fragment F on Query { \(list(0..<6_000) { "x\($0): set(int: $v)" }) }"),
        ValidationAttack(
            "operations that share a variable of a OneOf object", .errors(101, last: aborted),
            list(0..<2_000) { "query O\($0)($v: Int) { ...F }" }
                + "fragment F on Query { \(list(0..<5_000) { "x\($0): set(one: {a: $v})" }) }"),
        ValidationAttack(
            "subscriptions that share fields", .errors(1, last: tooMany),
            list(0..<3_000) { "subscription O\($0) { ...F }" }
                + "fragment F on Subscription { \(list(0..<20_000) { _ in "tick" }) }"),
        ValidationAttack(
            "subscriptions that share conditions", .errors(3, last: aborted),
            list(0..<3_000) { "subscription O\($0) { ...F }" }
                + "fragment F on Subscription { \(list(0..<6_000) { _ in "tick @skip(if: true)" }) }"),
        ValidationAttack(
            "introspection of a shared fragment that is too deep", rules: [.maxIntrospectionDepth],
            .errors(100, last: "Maximum introspection depth exceeded"),
            "{ \(list(0..<100) { "x\($0): __schema { types { ...F } }" }) } fragment F on __Type { "
                + "\(list(0..<30_000) { _ in "name" }) fields { type { fields { type { fields { name } } } } } }"),
        ValidationAttack(
            "introspection of shared chains of fragments that are too deep", rules: [.maxIntrospectionDepth],
            .errors(100, last: "Maximum introspection depth exceeded"),
            "{ \(list(0..<100) { "x\($0): __schema { types { ...F0 } }" }) } "
                + list(0..<9_000) { "fragment F\($0) on __Type { ...F\($0 + 1) }" }
                + "fragment F9000 on __Type { fields { type { fields { type { fields { name } } } } } }"),
        ValidationAttack(
            "introspection of thousands of fragments", rules: [.maxIntrospectionDepth], .valid,
            "{ \(list(0..<3_000) { _ in "__schema { types { ...F0 } }" }) } "
                + list(0..<3_000) { "fragment F\($0) on __Type { ...F\($0 + 1) ofType { ...F\($0 + 1) } }" }
                + "fragment F3000 on __Type { name }"),
    ]
}
