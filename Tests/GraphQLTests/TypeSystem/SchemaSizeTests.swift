import Testing

@testable import GraphQL

/// Schemas whose size would show work out of proportion to the text, or recursion.
@Suite struct SchemaSizeTests {
    private static func errors(_ sdl: String) throws -> [String] {
        let document = try Document(parsing: sdl, limits: .trusted)
        do throws(SchemaErrors) {
            _ = try Schema(document)
            return []
        } catch {
            return error.errors.map(\.message)
        }
    }

    private static func text(_ count: Int, separator: String = " ", _ part: (Int) -> String) -> String {
        (0..<count).map(part).joined(separator: separator)
    }

    private static let aborted = "Too many validation errors, error limit reached. Validation aborted."

    private static let count = 2_000

    @Test(arguments: [
        text(count) { "type T\($0) { a: Int }" },
        "type T { \(text(count) { "f\($0): Int" }) }",
        "enum E { \(text(count) { "V\($0)" }) }",
        "type T implements I { f(\(text(count) { "a\($0): Int" })): Int } interface I { f(\(text(count) { "a\($0): Int" })): Int }",
        "interface I { a: Int } \(text(2_000) { "type T\($0) implements I { a: Int }" })",
        "type T implements \(text(500, separator: " & ") { "I\($0)" }) { a: Int \(text(count) { "f\($0): Int" }) } "
            + text(500) { "interface I\($0) { a: Int }" },
        "type T { a: Int } \(text(20_000) { "extend type T { f\($0): Int }" })",
        text(count) { "input I\($0) { a: I\($0 + 1)! b: I\($0 + 1) }" } + " input I\(count) { a: Int }",
        text(50) { "input I\($0) { a: I\($0 + 1) = {} b: I\($0 + 1) = {} }" } + " input I50 { a: Int = 1 }",
        text(count) { "directive @d\($0)(a: In) on OBJECT" } + " input In { a: Int } "
            + text(count) { "input In\($0) { a: In\($0 + 1) }" } + " input In\(count) { a: Int }",
        text(500) { "directive @d\($0) on OBJECT" } + " type T { a: Int } "
            + text(500) { "extend type T @d\($0)" },
        "directive @d(\(text(count) { "a\($0): Int" })) on OBJECT type T @d(\(text(count) { "a\($0): 1" })) { a: Int }",
    ])
    func `large schemas are built`(_ sdl: String) throws {
        #expect(try Self.errors("type Query { a: Int } " + sdl) == [])
    }

    @Test(arguments: [
        "type T { \(text(count) { "f\($0): Unknown\($0)" }) }",
        text(count) { "extend type Unknown\($0) { a: Int }" },
        "interface I { \(text(count) { "f\($0): Int" }) } type T implements I { a: Int } "
            + text(1_000) { "extend type T { b\($0): Int }" },
        text(count) { "interface I\($0) implements I\($0 + 1) { a: Int }" } + " interface I\(count) { a: Int }",
        text(count) { "input I\($0) { a: I\($0 + 1)! b: I0! }" } + " input I\(count) { a: I0! }",
        text(count) { "input I\($0) { a: I\($0 + 1) = {} }" } + " input I\(count) { a: Int = 1 }",
        text(count) { "directive @d\($0)(a: Int @d\(($0 + 1) % count)) on ARGUMENT_DEFINITION" },
    ])
    func `of many errors a hundred are found, with a note that there are more`(_ sdl: String) throws {
        let errors = try Self.errors("type Query { a: Int } " + sdl)
        #expect(errors.count == SchemaErrors.maximum + 1)
        #expect(errors.firstIndex(of: Self.aborted) == SchemaErrors.maximum)
    }

    @Test(arguments: [
        (SchemaErrors.maximum - 1, SchemaErrors.maximum - 1), (SchemaErrors.maximum, SchemaErrors.maximum),
        (SchemaErrors.maximum + 1, SchemaErrors.maximum + 1), (SchemaErrors.maximum + 2, SchemaErrors.maximum + 1),
    ])
    func `errors are counted up to the limit`(_ written: Int, _ found: Int) throws {
        let fields = Self.text(written) { "__f\($0): Int" }
        let errors = try Self.errors("type Query { \(fields) }")
        #expect(errors.count == found)
        #expect((errors.last == Self.aborted) == (written > SchemaErrors.maximum))
    }

    /// The default value of the last input object counts, too.
    @Test(arguments: [(98, 0), (99, 0), (100, 1), (101, 2)])
    func `a default value is refused that is too deep with those that it takes in`(
        _ objects: Int, _ refused: Int
    ) throws {
        let chain = Self.text(objects) { "input I\($0) { a: I\($0 + 1) = {} }" }
        let errors = try Self.errors("type Query { a(i: I0 = {}): Int } \(chain) input I\(objects) { a: Int = 1 }")
        #expect(
            errors
                == (0..<refused).map {
                    "I\($0).a has a default value of more than 100 levels, with the default values that it takes in."
                })
    }

    /// Looked at for a hundred misspelt names: in the end, 99,900 names, 100,000, or 100,100.
    @Test(arguments: [(999, 100), (1_000, 100), (1_001, 99)])
    func `of many names none is suggested`(_ count: Int, _ suggested: Int) throws {
        let arguments = Self.text(count) { "a\($0): Int" }
        let given = Self.text(100) { "b\($0): 1" }
        let errors = try Self.errors("directive @d(\(arguments)) on OBJECT type Query @d(\(given)) { a: Int }")
        #expect(errors.count == 100)
        #expect(errors.prefix(suggested).allSatisfy { $0.hasSuffix("?") })
        #expect(errors.count { $0.hasSuffix("?") } == suggested)
    }

    @Test func `possible types are right in a schema of many types`() throws {
        let objects = Self.text(1_000) { "type T\($0)\($0 % 3 == 0 ? " implements I" : "") { a: Int }" }
        let all = Self.text(1_000, separator: " | ") { "T\($0)" }
        let schema = try Schema(
            Document(
                parsing: "type Query { a: Int } interface I { a: Int } union U = T7 | T3 | T999 union All = \(all) "
                    + "union V = T7 | T8 \(objects)", limits: .trusted))
        func possible(_ name: String) throws -> [String] {
            let type = try #require(schema.type(named: name))
            return schema.types.filter { schema.isPossible($0.id, of: type.id) }.map(\.name)
        }
        func overlap(_ left: String, _ right: String) throws -> Bool {
            let (left, right) = (
                try #require(schema.type(named: left)).id, try #require(schema.type(named: right)).id
            )
            #expect(schema.canOverlap(left, right) == schema.canOverlap(right, left))
            return schema.canOverlap(left, right)
        }
        #expect(try possible("U") == ["T3", "T7", "T999"])
        #expect(try possible("T5") == ["T5"])
        #expect(try possible("All") == (0..<1_000).map { "T\($0)" })
        #expect(try possible("I") == stride(from: 0, to: 1_000, by: 3).map { "T\($0)" })
        let pairs = [
            ("U", "V"), ("U", "I"), ("I", "V"), ("All", "I"), ("All", "V"), ("T7", "U"), ("T8", "U"), ("T3", "I"),
        ]
        #expect(try pairs.map(overlap) == [true, true, false, true, true, true, false, true])
    }
}
