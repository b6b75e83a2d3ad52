import Testing

@testable import GraphQL

@Suite struct KnownArgumentNamesTests {
    private let rule = ValidationRule.knownArgumentNames

    @Test(arguments: [
        "{ args { multipleReqs(req1: 1, req2: 2) } dog @skip(if: true) { name(surname: true) } }",
        "{ dog { unknown(a: 1) @unknown(b: 1) } }",
    ])
    func `arguments of their fields and directives`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                "{ dog { doesKnowCommand(dogComand: DOWN, unknown: 1) isAtLocation(z: 1, x: 2) } }",
                [
                    #"1:25 Unknown argument "dogComand" on field "Dog.doesKnowCommand". Did you mean "dogCommand"?"#,
                    #"1:42 Unknown argument "unknown" on field "Dog.doesKnowCommand"."#,
                    #"1:67 Unknown argument "z" on field "Dog.isAtLocation". Did you mean "x" or "y"?"#,
                ]
            ),
            (
                "{ dog @skip(unless: true) { barks @onField(unles: true) } }",
                [
                    #"1:13 Unknown argument "unless" on directive "@skip"."#,
                    #"1:44 Unknown argument "unles" on directive "@onField". Did you mean "unless"?"#,
                ]
            ),
            (
                "fragment F on Pet { name(surnam: true) __typename(a: 1) }",
                [
                    #"1:26 Unknown argument "surnam" on field "Pet.name". Did you mean "surname"?"#,
                    #"1:51 Unknown argument "a" on field "Pet.__typename"."#,
                ]
            ),
        ] as [(String, [String])])
    func `unknown arguments are refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
