import GraphQL

// Large literals.
extension ValidationAttack {
    static let values = [
        ValidationAttack(
            "an object as deep as objects may be, again and again", .valid,
            "{ \(list(0..<80) { "x\($0): set(in: \(nested("{in: ", "{a: 1}", "}", 190)))" }) }"),
        ValidationAttack(
            "lists of a custom scalar", .valid,
            "{ \(list(0..<200) { "x\($0): set(any: \(nested("[", "[1 2 3]", "]", 190)))" }) }"),
        ValidationAttack(
            "a long object of a custom scalar", .valid, "{ set(any: {\(list(0..<33_000) { "a\($0): 1" })}) }"),
        ValidationAttack(
            "lists where a number is expected", .errors(101, last: aborted),
            "{ \(list(0..<200) { "x\($0): set(int: \(nested("[", "1", "]", 190)))" }) }"),
        ValidationAttack(
            "a wrong text, deep and long", .refused("Int cannot represent non-integer value: [[[[[[[[[["),
            "{ set(int: \(nested("[", "\"\(String(repeating: "a", count: 900_000))\"", "]", 190))) }"),
        ValidationAttack("thousands of OneOf objects", .valid, "{ \(list(0..<8_000) { "x\($0): set(one: {a: 1})" }) }"),
        ValidationAttack(
            "OneOf objects with thousands of fields", rules: [.valuesOfCorrectType],
            .refused("OneOf Input Object \"One\" must specify exactly one key."),
            "{ set(one: {\(list(0..<33_000) { $0 == 32_999 ? "b: \"\"" : "a: 1" })}) }"),
        ValidationAttack(
            "variables of types in many lists", .errors(101, last: aborted),
            "query(\(list(0..<1_200) { "$v\($0): \(nested("[", "Int", "]", 31))" })) { \(list(0..<1_200) { "x\($0): set(any: $v\($0))" }) }"
        ),
    ]

    private static func nested(_ opening: String, _ inner: String, _ closing: String, _ depth: Int) -> String {
        String(repeating: opening, count: depth) + inner + String(repeating: closing, count: depth)
    }
}
