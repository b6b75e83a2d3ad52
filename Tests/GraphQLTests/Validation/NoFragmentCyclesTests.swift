import Testing

@testable import GraphQL

@Suite struct NoFragmentCyclesTests {
    private let rule = ValidationRule.noFragmentCycles

    @Test(arguments: [
        "fragment A on Dog { ...B } fragment B on Dog { name }",
        "fragment A on Dog { ...B ...B } fragment B on Dog { name }",
        "fragment A on Dog { ...B ...C } fragment B on Dog { ...C } fragment C on Dog { name }",
        "fragment A on Dog { ...Unknown }",
        "fragment A on Pet { ... on Dog { name } ... on Cat { name } }",
    ])
    func `fragments without cycles`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                "fragment A on Human { relatives { ...A } }",
                [
                    #"1:35 Cannot spread fragment "A" within itself."#
                ]
            ),
            (
                "fragment A on Dog { ...A }",
                [
                    #"1:21 Cannot spread fragment "A" within itself."#
                ]
            ),
            (
                "fragment A on Pet { ... on Dog { ...A } }",
                [
                    #"1:34 Cannot spread fragment "A" within itself."#
                ]
            ),
            (
                "fragment A on Dog { ...B } fragment B on Dog { ...A }",
                [
                    #"1:21 1:48 Cannot spread fragment "A" within itself via "B"."#
                ]
            ),
            (
                "fragment A on Dog { ...B } fragment B on Dog { ...C } fragment C on Dog { ...O } fragment X on Dog { ...Y } fragment Y on Dog { ...Z } fragment Z on Dog { ...O } fragment O on Dog { ...P } fragment P on Dog { ...A ...X }",
                [
                    #"1:21 1:48 1:75 1:183 1:210 Cannot spread fragment "A" within itself via "B", "C", "O", "P"."#,
                    #"1:183 1:215 1:102 1:129 1:156 Cannot spread fragment "O" within itself via "P", "X", "Y", "Z"."#,
                ]
            ),
            (
                "fragment A on Dog { ...B ...C } fragment B on Dog { ...A } fragment C on Dog { ...A }",
                [
                    #"1:21 1:53 Cannot spread fragment "A" within itself via "B"."#,
                    #"1:26 1:80 Cannot spread fragment "A" within itself via "C"."#,
                ]
            ),
            (
                "fragment A on Dog { ...C } fragment B on Dog { ...C } fragment C on Dog { ...A ...B }",
                [
                    #"1:21 1:75 Cannot spread fragment "A" within itself via "C"."#,
                    #"1:80 1:48 Cannot spread fragment "C" within itself via "B"."#,
                ]
            ),
            (
                "fragment A on Dog { ...B } fragment B on Dog { ...B ...C } fragment C on Dog { ...A ...B }",
                [
                    #"1:48 Cannot spread fragment "B" within itself."#,
                    #"1:21 1:53 1:80 Cannot spread fragment "A" within itself via "B", "C"."#,
                    #"1:53 1:85 Cannot spread fragment "B" within itself via "C"."#,
                ]
            ),
            (
                "fragment A on Dog { mother { ...B ...A } ...C father { ...C } } fragment B on Dog { ...A } fragment C on Dog { ...B }",
                [
                    #"1:42 1:112 1:85 Cannot spread fragment "A" within itself via "C", "B"."#,
                    #"1:35 Cannot spread fragment "A" within itself."#,
                ]
            ),
        ] as [(String, [String])])
    func `fragments that spread themselves are refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
