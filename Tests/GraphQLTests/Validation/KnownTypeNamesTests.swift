import Testing

@testable import GraphQL

@Suite struct KnownTypeNamesTests {
    private let rule = ValidationRule.knownTypeNames

    @Test(arguments: [
        "query($a: String, $b: [DogCommand!]!) { dog { ... on Pet { name } ...F ... { name } } } fragment F on Dog { name }"
    ])
    func `types of the schema are known`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                "query($a: [JumbledUpLetters!]) { dog { name ... on Badger { name } ...F } } fragment F on Peat { name }",
                [
                    #"1:12 Unknown type "JumbledUpLetters"."#,
                    #"1:52 Unknown type "Badger"."#,
                    #"1:91 Unknown type "Peat". Did you mean "Pet" or "Cat"?"#,
                ]
            ),
            (
                "query($a: Strin) { dog { name } }",
                [
                    #"1:11 Unknown type "Strin". Did you mean "String"?"#
                ]
            ),
            (
                "{ dog { name } } type T { a(b: U = 1): [V] } input I { a: W } union X = Y | Cat interface J implements K { a: Int } directive @d(a: L) on FIELD schema { query: M } extend type N @o { a: Int }",
                [
                    #"1:32 Unknown type "U". Did you mean "I", "J", "T", or "X"?"#,
                    #"1:41 Unknown type "V". Did you mean "I", "J", "T", or "X"?"#,
                    #"1:59 Unknown type "W". Did you mean "I", "J", "T", or "X"?"#,
                    #"1:73 Unknown type "Y". Did you mean "I", "J", "T", or "X"?"#,
                    #"1:104 Unknown type "K". Did you mean "I", "J", "T", or "X"?"#,
                    #"1:133 Unknown type "L". Did you mean "I", "J", "T", or "X"?"#,
                    #"1:161 Unknown type "M". Did you mean "I", "J", "T", or "X"?"#,
                ]
            ),
        ] as [(String, [String])])
    func `unknown types are refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
