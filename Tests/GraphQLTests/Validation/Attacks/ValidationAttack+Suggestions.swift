import GraphQL

// Names that are compared with every other to suggest one.
extension ValidationAttack {
    private static let longText = String(repeating: "V", count: 900_000)

    static let suggestions = [
        ValidationAttack(
            "unknown values of an enum with thousands", .errors(101, last: aborted),
            "{ set(bigs: [\(list(0..<5_000) { "VALEU\($0)" })]) }"),
        ValidationAttack(
            "a long text where an enum value is expected",
            .refused("Enum \"Big\" cannot represent non-enum value: \"\(longText)\"."), "{ set(big: \"\(longText)\") }"),
        ValidationAttack(
            "values of an enum with thousands", .valid, "{ set(bigs: [\(list(0..<60_000) { _ in "VALUE4999" })]) }"),
        ValidationAttack(
            "unknown types, whose names are like many", .errors(101, last: aborted),
            "query(\(list(0..<5_000) { "$v\($0): Tyep\($0)" })) { leaf }"),
        ValidationAttack(
            "unknown types with long names", .errors(101, last: aborted),
            "{ \(list(0..<101) { "... on \(String(repeating: "T", count: 9_000))\($0) { id }" }) }"),
        ValidationAttack(
            "unknown fields of an interface with many types", .errors(101, last: aborted),
            "{ node { \(list(0..<5_000) { "own\($0 % 300)" }) } }"),
        ValidationAttack(
            "unknown arguments", .errors(101, last: aborted), "{ \(list(0..<5_000) { "set(imt\($0): 1)" }) }"),
        ValidationAttack(
            "unknown input fields", .errors(101, last: aborted), "{ \(list(0..<5_000) { "set(in: {bigz\($0): 1})" }) }"),
    ]
}
