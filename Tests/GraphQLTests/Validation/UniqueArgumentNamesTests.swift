import Testing

@testable import GraphQL

@Suite struct UniqueArgumentNamesTests {
    private let rule = ValidationRule.uniqueArgumentNames

    @Test(arguments: [
        #"{ args { multipleReqs(req1: 1, req2: 2) a: int(value: 1) b: int(value: 1) } dog @tag(name: "") @tag(name: "") { name } }"#
    ])
    func `arguments once in each place`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                "{ args { multipleReqs(req1: 1, req2: 2, req1: 3, req2: 4, req1: 5) } }",
                [
                    #"1:23 1:41 1:59 There can be only one argument named "req1"."#,
                    #"1:32 1:50 There can be only one argument named "req2"."#,
                ]
            ),
            (
                "{ dog @skip(if: true, if: false) { name } unknown(a: 1, b: 1, a: 1) }",
                [
                    #"1:13 1:23 There can be only one argument named "if"."#,
                    #"1:51 1:63 There can be only one argument named "a"."#,
                ]
            ),
        ] as [(String, [String])])
    func `repeated arguments are refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
