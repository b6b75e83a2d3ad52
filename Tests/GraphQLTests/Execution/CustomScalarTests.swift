import GraphQL
import Testing

/// Custom scalars as input: variables' values, literals with variables inside, default values.
@Suite struct CustomScalarTests {
    @Test(
        arguments: [
            // Literals become values of their own kinds.
            (
                #"{ echo(value: {a: 1, b: 1.5, c: "s", d: true, e: null, f: RED, g: [], h: {}}) }"#, [],
                #"{"data":{"echo":{"a":1,"b":1.5,"c":"s","d":true,"e":null,"f":"RED","g":[],"h":{}}}}"#
            ),
            (#"{ echo(value: """block""") }"#, [], #"{"data":{"echo":"block"}}"#),
            ("{ echo(value: null) }", [], #"{"data":{"echo":null}}"#),
            ("{ echo }", [], #"{"data":{"echo":null}}"#),
            // Variables inside stand for their values.
            (
                "query($x: Int, $y: JSON) { echo(value: {a: $x, b: [$x, 2, $y], c: {d: $y}}) }",
                [ObjectField("x", .int(1)), ObjectField("y", .object([ObjectField("z", .list([.string("s")]))]))],
                #"{"data":{"echo":{"a":1,"b":[1,2,{"z":["s"]}],"c":{"d":{"z":["s"]}}}}}"#
            ),
            (
                "query($x: Int, $y: JSON) { echo(value: {a: $x, b: [$x, 2, $y], c: {d: $y}}) }",
                [ObjectField("x", .null), ObjectField("y", .null)],
                #"{"data":{"echo":{"a":null,"b":[null,2,null],"c":{"d":null}}}}"#
            ),
            (
                "query($x: Int, $y: JSON) { echo(value: {a: $x, b: [$x, 2, $y], c: {d: $y}}) }", [],
                #"{"data":{"echo":{"b":[null,2,null],"c":{}}}}"#
            ),
            (
                "query($x: Int = 7) { echo(value: [[{a: $x}]]) }", [],
                #"{"data":{"echo":[[{"a":7}]]}}"#
            ),
            ("query($y: JSON) { echo(value: $y) }", [], #"{"data":{"echo":null}}"#),
            (
                "query($y: JSON = {a: [A]}) { echo(value: $y) }", [],
                #"{"data":{"echo":{"a":["A"]}}}"#
            ),
            // A list around a scalar is the type's, inside of it the value's.
            ("{ list(values: {a: [1]}) }", [], #"{"data":{"list":[{"a":[1]}]}}"#),
            ("{ list(values: [1, [2], null]) }", [], #"{"data":{"list":[1,[2],null]}}"#),
            // A scalar makes of a value what it likes, of default values too.
            ("{ day }", [], #"{"data":{"day":"day 1 of 2 3"}}"#),
            (#"{ day(on: "wednesday", box: {}) }"#, [], #"{"data":{"day":"day 3 of 2 -"}}"#),
            (#"{ day(box: {day: "monday", days: "monday"}) }"#, [], #"{"data":{"day":"day 1 of 1 1"}}"#),
            (
                "query($d: Day!) { day(on: $d, box: {day: $d, days: [$d]}) }", [ObjectField("d", .string("tuesday"))],
                #"{"data":{"day":"day 2 of 2 2"}}"#
            ),
            ("query($d: Day) { day(on: $d, box: {day: $d}) }", [], #"{"data":{"day":"day 1 of 2 -"}}"#),
            (
                "query($b: Box) { day(box: $b) }", [ObjectField("b", .object([]))],
                #"{"data":{"day":"day 1 of 2 -"}}"#
            ),
            (
                "query($d: Day) { day(on: $d) }", [ObjectField("d", .string("x"))],
                #"{"errors":[{"message":"Variable \"$d\" got invalid value \"x\"; There is no \"x\".","locations":[{"line":1,"column":7}]}]}"#
            ),
            (
                "query($b: Box) { day(box: $b) }",
                [ObjectField("b", .object([ObjectField("days", .list([.string("monday"), .int(1)]))]))],
                #"{"errors":[{"message":"Variable \"$b\" got invalid value 1 at \"b.days[1]\"; A Day is a text.","locations":[{"line":1,"column":7}]}]}"#
            ),
        ] as [(String, [ObjectField], String)])
    func `input is what the scalar makes of it`(
        document: String, variables: [ObjectField], expected: String
    ) async throws {
        let schema = try Self.makeSchema()
        let operation = try schema.prepare(document, operationName: nil).get()
        let response = await schema.execute(operation, variables: variables, context: TestContext())
        #expect(response.text == expected, "\(document)")
    }

    @Test(arguments: [
        (#"{ day(on: "x") }"#, #"Expected value of type "Day", found "x"; There is no "x"."#),
        ("{ day(box: {days: [1]}) }", #"Expected value of type "Day!", found 1; A Day is a text."#),
        ("query($d: Day = MONDAY) { day(on: $d) }", #"Expected value of type "Day", found MONDAY; A Day is a text."#),
    ])
    func `validation says why a literal is refused`(document: String, message: String) throws {
        guard case .failure(let errors) = try Self.makeSchema().prepare(document, operationName: nil) else {
            Issue.record("\(document) was accepted.")
            return
        }
        #expect(errors.errors.map(\.message) == [message])
    }

    @Test func `introspection shows default values as they are written`() async throws {
        let schema = try Self.makeSchema()
        let operation = try schema.prepare(
            #"{ __type(name: "Query") { fields { args { defaultValue } } } }"#, operationName: nil
        ).get()
        let response = await schema.execute(operation, context: TestContext())
        #expect(
            response.text
                == #"{"data":{"__type":{"fields":[{"args":[{"defaultValue":null}]},{"args":[{"defaultValue":null},{"defaultValue":null}]},{"args":[{"defaultValue":"\"monday\""},{"defaultValue":"{day: \"tuesday\", days: [\"wednesday\"]}"}]}]}}}"#
        )
    }

    @Test func `a default value that a scalar refuses is found at the start`() {
        let sdl = """
            directive @on(day: Day = "d") on FIELD
            type Query { day(on: Day = "a", box: Box = {}): String! }
            input Box { day: Day = "b", days: [Day!] = ["monday", "c"] }
            scalar Day
            """
        #expect {
            _ = try Self.makeSchema(sdl) { _ in }
        } throws: { error in
            (error as? BindingErrors)?.problems == [
                #"Query.day(on:) has invalid default value: "a" is no value of type "Day"."#,
                #"Box.day has invalid default value: "b" is no value of type "Day"."#,
                #"Box.days has invalid default value: ["monday", "c"] is no value of type "[Day!]"."#,
                #"@on(day:) has invalid default value: "d" is no value of type "Day"."#,
            ]
        }
    }

    private static let sdl = """
        type Query {
          echo(value: JSON): JSON
          list(values: [JSON], count: Int): [JSON]
          day(on: Day = "monday", box: Box = {days: "wednesday"}): String!
        }
        input Box { day: Day = "tuesday", days: [Day!] }
        scalar JSON
        scalar Day
        """

    private static func makeSchema() throws -> ExecutableSchema<TestContext> {
        try makeSchema(sdl) { query in
            query.property("echo", Argument<JSON?>("value")) { _, value in value }
            query.property("list", Argument<[JSON?]?>("values")) { _, values in values }
        }
    }

    private static func makeSchema(
        _ sdl: String, _ bind: (inout ObjectBinder<Value, TestContext>) -> Void
    ) throws -> ExecutableSchema<TestContext> {
        try ExecutableSchema(Schema(Document(parsing: sdl))) { schema in
            schema.scalar(
                "Day",
                Scalar(coerceInput: { value throws(InputError) in
                    guard case .string(let name) = value else { throw InputError("A Day is a text.") }
                    guard let number = ["monday", "tuesday", "wednesday"].firstIndex(of: name) else {
                        throw InputError("There is no \"\(name)\".")
                    }
                    return .int(number + 1)
                }))
            schema.query { query in
                bind(&query)
                query.property("day", Argument<Day?>("on"), Argument<Box?>("box")) { _, day, box in
                    "day \(day?.number ?? 0) of \(box?.day?.number ?? 0) \(box?.days?.first?.number.description ?? "-")"
                }
            }
        }
    }
}

/// Anything.
private struct JSON: InputValue, ScalarOutput {
    static var inputShape: OutputShape { .scalar(["JSON"]) }
    static var scalarNames: [String] { ["JSON"] }
    let value: Value

    init(coerced value: Value?) throws { self.value = value ?? .null }

    func write(to buffer: inout ResponseBuffer) { buffer.write(value) }
}

private struct Day: InputValue {
    static var inputShape: OutputShape { .scalar(["Day"]) }
    let number: Int

    init(coerced value: Value?) throws {
        guard case .int(let number)? = value else { throw GraphQLError("The Day was not coerced.") }
        self.number = number
    }
}

private struct Box: InputValue {
    static var inputShape: OutputShape { .object("Box", ObjectIdentifier(Box.self)) }
    let day: Day?
    let days: [Day]?

    init(coerced value: Value?) throws {
        day = try Optional(coerced: value?["day"])
        days = try Optional(coerced: value?["days"])
    }
}
