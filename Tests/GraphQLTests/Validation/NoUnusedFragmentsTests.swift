import Testing

@testable import GraphQL

@Suite struct NoUnusedFragmentsTests {
    private let rule = ValidationRule.noUnusedFragments

    @Test(arguments: [
        "{ human(id: 4) { ...A ... on Human { ...B } } } fragment A on Human { name ...C } fragment B on Human { name } fragment C on Human { name }",
        "query Foo { human(id: 4) { ...A } } query Bar { human(id: 4) { ...B } } fragment A on Human { name ...C } fragment B on Human { name } fragment C on Human { name }",
    ])
    func `fragments that operations reach`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                "query Foo { human(id: 4) { ...A } } fragment A on Human { name } fragment B on Human { name } fragment C on Human { ...B }",
                [
                    #"1:66 Fragment "B" is never used."#,
                    #"1:95 Fragment "C" is never used."#,
                ]
            ),
            (
                "{ human { name } } fragment A on Human { name ...B } fragment B on Human { name ...A }",
                [
                    #"1:20 Fragment "A" is never used."#,
                    #"1:54 Fragment "B" is never used."#,
                ]
            ),
            (
                "{ human { ...foo } } fragment bar on Human { name }",
                [
                    #"1:22 Fragment "bar" is never used."#
                ]
            ),
        ] as [(String, [String])])
    func `fragments that no operation reaches are refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
