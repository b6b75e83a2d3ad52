import GraphQL

// Long names and many places, which errors repeat.
extension ValidationAttack {
    private static let longName = String(repeating: "n", count: 900_000)
    private static func name(_ number: Int, length: Int) -> String {
        String(repeating: "n", count: length) + "\(number)"
    }

    static let messages = [
        ValidationAttack(
            "undefined variables of an operation with a long name", .errors(3, last: aborted),
            "query \(longName) { \(list(0..<1_000) { "x\($0): set(int: $v\($0))" }) }"),
        ValidationAttack(
            "unused variables of an operation with a long name", .errors(3, last: aborted),
            "query \(longName)(\(list(0..<6_000) { "$v\($0): Int" })) { leaf }"),
        ValidationAttack(
            "cycles of fragments with long names", .errors(5, last: aborted),
            "{ ...\(name(0, length: 5_000)) } "
                + list(0..<60) { position in
                    let next = position < 59 ? position + 1..<position + 2 : 0..<60
                    return
                        "fragment \(name(position, length: 5_000)) on Query { \(list(next) { "...\(name($0, length: 5_000))" }) }"
                }),
        ValidationAttack(
            "conflicts of each field with each, of long names",
            .refused("Fields \"a\" conflict because subfields \"nnnnnnnnnnnnnnnnnnn"),
            "{ a { \(list(0..<90) { _ in "\(name(0, length: 5_000)): leaf" }) } a { \(list(0..<90) { _ in "\(name(0, length: 5_000)): other" }) } }"
        ),
        ValidationAttack(
            "an error with many places", rules: [.uniqueArgumentNames],
            .refused("There can be only one argument named \"int\"."),
            "{ set(\(list(0..<33_000) { _ in "int: 1" })) }"),
        ValidationAttack(
            "thousands of unknown fragments", .errors(101, last: aborted), "{ \(list(0..<40_000) { "...F\($0)" }) }"),
        ValidationAttack(
            "thousands of unused fragments", .errors(101, last: aborted),
            "{ leaf } \(list(0..<14_000) { "fragment F\($0) on Query { leaf }" })"),
        ValidationAttack(
            "thousands of impossible spreads", .errors(101, last: aborted),
            "{ a { \(list(0..<14_000) { "... on Type\($0 % 300) { id }" }) } }"),
        ValidationAttack(
            "thousands of unknown fields", .errors(101, last: aborted), "{ \(list(0..<90_000) { "leav\($0)" }) }"),
        ValidationAttack(
            "thousands of types", .errors(101, last: aborted), "{ leaf } \(list(0..<40_000) { "scalar S\($0)" })"),
        ValidationAttack(
            "a comment between dollar sign and name", rules: [.uniqueVariableNames], .errors(101, last: aborted),
            "query(\(list(0..<4_000) { "$#\(String(repeating: "c", count: 200))\nv\($0 % 2_000): Int" })) { leaf }"),
    ]
}
