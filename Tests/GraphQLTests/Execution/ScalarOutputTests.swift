import GraphQL
import Testing

/// The results of scalars and enums, through execution: what can't be represented is an execution error at its place.
@Suite struct ScalarOutputTests {
    @Test(arguments: [
        ("{ int }", #"{"data":{"int":5}}"#),
        ("{ color }", #"{"data":{"color":"RED"}}"#),
        ("{ absent }", #"{"data":{"absent":null}}"#),
        (
            "{ strictAbsent }",
            #"{"data":null,"errors":[{"message":"Cannot return null for non-nullable field Query.strictAbsent.","locations":[{"line":1,"column":3}],"path":["strictAbsent"]}]}"#
        ),
        (
            "{ ints }",
            #"{"data":{"ints":[1,null,3]},"errors":[{"message":"Int cannot represent non-integer value: \"x\"","locations":[{"line":1,"column":3}],"path":["ints",1]}]}"#
        ),
        (
            "{ strictInts int }",
            #"{"data":{"strictInts":null,"int":5},"errors":[{"message":"Int cannot represent non-integer value: \"x\"","locations":[{"line":1,"column":3}],"path":["strictInts",1]}]}"#
        ),
        ("{ even(number: 2) }", #"{"data":{"even":"2"}}"#),
        (
            "{ even(number: 3) int }",
            #"{"data":{"even":null,"int":5},"errors":[{"message":"3 is not even.","locations":[{"line":1,"column":3}],"path":["even"]}]}"#
        ),
        (
            "{ even(number: 5) }",
            #"{"data":{"even":null},"errors":[{"message":"Internal server error.","locations":[{"line":1,"column":3}],"path":["even"]}]}"#
        ),
        (
            "{ evens int }",
            #"{"data":{"evens":["2",null],"int":5},"errors":[{"message":"3 is not even.","locations":[{"line":1,"column":3}],"path":["evens",1]}]}"#
        ),
    ])
    func `a result that has no representation is an error`(document: String, expected: String) async throws {
        let sdl = """
            type Query {
              int: Int! color: Color absent: String strictAbsent: String! ints: [Int] strictInts: [Int!]
              even(number: Int!): Even evens: [Even]
            }
            enum Color { RED }
            scalar Even
            """
        let schema = try ExecutableSchema<TestContext>(Schema(Document(parsing: sdl))) { schema in
            schema.query { query in
                query.field("int") { _ in Leaf(.string("5")) }
                query.field("color") { _ in Leaf(.string("RED")) }
                query.field("absent") { _ in Leaf(.null) }
                query.field("strictAbsent") { _ in Leaf(.null) }
                query.field("ints") { _ in [Leaf(.int(1)), Leaf(.string("x")), Leaf(.float(3))] }
                query.field("strictInts") { _ in [Leaf(.int(1)), Leaf(.string("x")), Leaf(.float(3))] }
                query.property("even", Argument<Int>("number")) { _, number in Even(number: number) }
                query.field("evens") { _ -> [Even?] in [Even(number: 2), Even(number: 3)] }
            }
        }
        let operation = try schema.prepare(document, operationName: nil).get()
        let response = await schema.execute(operation, context: TestContext())
        #expect(String(decoding: response.body, as: UTF8.self) == expected)
    }
}

/// A leaf whose type is known to the schema alone.
private struct Leaf: OutputValue {
    static var outputShape: OutputShape { .dynamic }
    let value: Value

    init(_ value: Value) { self.value = value }

    static func complete(
        _ leaf: UnsafePointer<Leaf>, _ field: FieldPlan, _ wrappers: TypeWrappers, _ execution: inout Execution
    ) -> Completion {
        unsafe execution.completeLeaf(leaf.pointee.value, field, wrappers)
    }
}

/// A scalar that not every number is one of.
private struct Even: ScalarOutput {
    static var scalarNames: [String] { ["Even"] }
    let number: Int

    func write(to buffer: inout ResponseBuffer) throws {
        buffer.append(UInt8(ascii: "\""))
        if number == 5 { throw OddFault() }
        guard number.isMultiple(of: 2) else { throw GraphQLError("\(number) is not even.") }
        buffer.write(number)
        buffer.append(UInt8(ascii: "\""))
    }
}

private struct OddFault: Error {}
