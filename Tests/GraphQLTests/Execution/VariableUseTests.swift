import Testing

@testable import GraphQL

/// In how many places an operation takes a variable.
@Suite struct VariableUseTests {
    private static let sdl = """
        type Query { f(x: Int, in: In): Query g(x: Int): Int }
        input In { a: Int b: [Int] }
        """

    @Test(arguments: [
        ("query($v: Int, $w: Int) { g(x: $v) f(x: $w) { g(x: $w) } }", false),
        ("query($v: Int) { g(x: $v) f(x: $v) { g } }", true),
        ("query($v: Int) { g(x: $v) a: g(x: $v) }", true),
        ("query($v: Int) { f(x: $v) { g(x: $v) } }", true),
        ("query($v: Int) { f(in: {a: $v, b: [1]}) { g } }", false),
        ("query($v: Int) { f(in: {a: $v, b: [1, $v]}) { g } }", true),
        ("query($v: Int) { ... { g(x: $v) } }", false),
        ("query($v: Int) { ...F } fragment F on Query { g(x: $v) }", false),
        ("query($v: Int) { ...F a: f { ...F } } fragment F on Query { g(x: $v) }", true),
        ("query($v: Int) { ...F g(x: $v) } fragment F on Query { g(x: $v) }", true),
        ("query($v: Int) { ...A ...A } fragment A on Query { ...B } fragment B on Query { g(x: $v) }", true),
        ("query($v: Int) { ...A ...B } fragment A on Query { a: g } fragment B on Query { g(x: $v) }", false),
    ])
    func `places are counted, those of a fragment for each spread`(_ text: String, _ isRepeated: Bool) throws {
        let schema = try ExecutableSchema<TestContext>(Schema(Document(parsing: Self.sdl)), limits: .off) { binder in
            binder.dynamic { _, _, _ in .null }
        }
        let operation = try schema.prepare(text, operationName: nil).get()
        #expect(operation.usesRepeatedly("v") == isRepeated)
        #expect(!operation.usesRepeatedly("unknown"))
    }

    /// Each fragment spreads the next one twice: it would unfold into 2^60 fields.
    @Test func `a fragment bomb costs no more than its text`() throws {
        let bomb = (0..<60).map { "fragment F\($0) on Query { f { ...F\($0 + 1) } a: f { ...F\($0 + 1) } }" }
        let text = "query($v: Int) { ...F0 } \(bomb.joined()) fragment F60 on Query { g(x: $v) }"
        let schema = try ExecutableSchema<TestContext>(Schema(Document(parsing: Self.sdl)), limits: .off) { binder in
            binder.dynamic { _, _, _ in .null }
        }
        #expect(try schema.prepare(text, operationName: nil).get().usesRepeatedly("v"))
    }
}
