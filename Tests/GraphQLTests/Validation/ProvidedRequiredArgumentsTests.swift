import Testing

@testable import GraphQL

@Suite struct ProvidedRequiredArgumentsTests {
    private let rule = ValidationRule.providedRequiredArguments

    @Test(arguments: [
        "{ args { multipleReqs(req2: 2, req1: 1) multipleOpts(opt2: 1) nonNullWithDefault } dog { isHouseTrained unknown(a: 1) @unknown } }",
        "{ dog @include(if: true) { name @skip(if: $a) } __type(name: null) { name } }",
    ])
    func `all required arguments`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                #"{ args { multipleReqs(req2: "two") } }"#,
                [
                    #"1:10 Field "multipleReqs" argument "req1" of type "Int!" is required, but it was not provided."#
                ]
            ),
            (
                "{ args { a: multipleReqs nonNullInt(valu: 1) } }",
                [
                    #"1:10 Field "multipleReqs" argument "req1" of type "Int!" is required, but it was not provided."#,
                    #"1:10 Field "multipleReqs" argument "req2" of type "Int!" is required, but it was not provided."#,
                    #"1:26 Field "nonNullInt" argument "value" of type "Int!" is required, but it was not provided."#,
                ]
            ),
            (
                "{ dog @include(a: 1) { name @skip @tag } __type { name } }",
                [
                    #"1:7 Directive "@include" argument "if" of type "Boolean!" is required, but it was not provided."#,
                    #"1:29 Directive "@skip" argument "if" of type "Boolean!" is required, but it was not provided."#,
                    #"1:35 Directive "@tag" argument "name" of type "String!" is required, but it was not provided."#,
                    #"1:42 Field "__type" argument "name" of type "String!" is required, but it was not provided."#,
                ]
            ),
        ] as [(String, [String])])
    func `missing arguments are refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
