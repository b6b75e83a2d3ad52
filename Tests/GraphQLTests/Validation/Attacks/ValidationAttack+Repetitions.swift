import GraphQL

// The same name again and again, where it must be unique.
extension ValidationAttack {
    static let repetitions = [
        ValidationAttack(
            "repeated variables", .errors(101, last: aborted),
            "query(\(list(0..<24_000) { "$v\($0 % 12_000): Int" })) { leaf }"),
        ValidationAttack(
            "repeated arguments", .errors(101, last: aborted), "{ set(\(list(0..<33_000) { "a\($0 % 16_000): 1" })) }"),
        ValidationAttack(
            "repeated fragments", .errors(101, last: aborted),
            "{ leaf } \(list(0..<14_000) { "fragment F\($0 % 7_000) on Query { leaf }" })"),
        ValidationAttack(
            "repeated operations", .errors(101, last: aborted), list(0..<20_000) { "query O\($0 % 10_000) { leaf }" }),
        ValidationAttack(
            "repeated input fields", .errors(101, last: aborted),
            "{ set(any: {\(list(0..<33_000) { "a\($0 % 16_000): 1" })}) }"),
        ValidationAttack(
            "repeated directives", .valid,
            "{ \(list(0..<700) { _ in "leaf " + String(repeating: "@mark(a: 1) ", count: 20) }) }"),
        ValidationAttack(
            "a directive defined in the document, with many places",
            .refused("The \"own\" definition is not executable."),
            "directive @own on \(list(0..<24_000, separator: "|") { _ in "QUERY" })|FIELD { \(list(0..<15_000) { _ in "leaf @own" }) }"
        ),
        ValidationAttack(
            "types defined in the document, and used again and again", .errors(101, last: aborted),
            "query(\(list(0..<20_000) { "$v\($0): S98" })) { leaf } \(list(0..<99) { "scalar S\($0)" })"),
    ]
}
