import Testing

@testable import GraphQL

@Suite struct UniqueEnumValueNamesSDLTests {
    private let rule = SDLRule.uniqueEnumValueNames

    @Test(
        arguments: [
            (nil, ["enum E { A B } enum F { A B }"]),
            (nil, ["enum E { A } extend enum E { B } extend enum F { A }"]),
            (SDLErrors.schema, ["extend enum E { C }"]),
        ] as [(String?, [String])])
    func `an enum's values have different names`(_ schema: String?, _ documents: [String]) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == [])
    }

    @Test(
        arguments: [
            (
                nil, ["enum E { A B A }"],
                [
                    #"1:10 1:14 Enum value "E.A" can only be defined once."#
                ]
            ),
            (
                nil, ["enum E { A } extend enum E { A } extend enum E { A B B }"],
                [
                    #"1:10 1:30 Enum value "E.A" can only be defined once."#,
                    #"1:10 1:50 Enum value "E.A" can only be defined once."#,
                    #"1:52 1:54 Enum value "E.B" can only be defined once."#,
                ]
            ),
            (
                nil, ["extend enum E { A A }"],
                [
                    #"1:17 1:19 Enum value "E.A" can only be defined once."#
                ]
            ),
            (
                nil, ["enum E { A }", "extend enum E { A }"],
                [
                    #"1/1:10 2/1:17 Enum value "E.A" can only be defined once."#
                ]
            ),
            (
                SDLErrors.schema, ["extend enum E { A C } extend enum E { C B }"],
                [
                    #"1:17 Enum value "E.A" already exists in the schema. It cannot also be defined in this type extension."#,
                    #"1:19 1:39 Enum value "E.C" can only be defined once."#,
                    #"1:41 Enum value "E.B" already exists in the schema. It cannot also be defined in this type extension."#,
                ]
            ),
            (
                SDLErrors.schema, ["extend enum E { C }", "extend enum E { C }"],
                [
                    #"1/1:17 2/1:17 Enum value "E.C" can only be defined once."#
                ]
            ),
        ] as [(String?, [String], [String])])
    func `it is an error unless an enum's values have different names`(
        _ schema: String?, _ documents: [String], _ errors: [String]
    ) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == errors)
    }
}
