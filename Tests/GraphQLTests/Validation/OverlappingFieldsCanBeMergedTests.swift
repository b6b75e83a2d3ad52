import Testing

@testable import GraphQL

@Suite struct OverlappingFieldsCanBeMergedTests {
    private let rule = ValidationRule.overlappingFieldsCanBeMerged

    @Test(arguments: [
        "{ dog { name name } }",
        "{ dog { name: nickname name: nickname mother { name } mother { name } } }",
        "{ dog { name(surname: true) name(surname: true) } }",
        "{ dog { isAtLocation(x: 1, y: 2) isAtLocation(y: 2, x: 1) } }",
        "{ args { complex(value: {intField: 1, requiredField: true}) complex(value: {requiredField: true, intField: 1}) anything(value: [{a: 1, b: {c: 2, d: 3}}]) anything(value: [{b: {d: 3, c: 2}, a: 1}]) } }",
        "{ dog { name @include(if: true) name @skip(if: false) } }",
        "{ catOrDog { ... on Dog { v: barkVolume } ... on Cat { v: meowVolume } } }",
        "{ catOrDog { ... on Dog { x: name(surname: true) } ... on Cat { x: name(surname: false) } } }",
        "{ box { ... on IntBox { deep { unrelated } } ... on StringBox { deep { unrelated } } } }",
        "{ dog { ...A ...A } } fragment A on Dog { name ...A }",
        "{ dog { ...A } } fragment A on Dog { ...B } fragment B on Dog { ...A name }",
        "{ dog { ... on Pet { name } ... on Canine { name } name } }",
        "{ unknown { a b: c } unknown { a } }",
    ])
    func `fields that can be merged`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                "{ dog { x: name x: nickname } }",
                [
                    #"1:9 1:17 Fields "x" conflict because "name" and "nickname" are different fields. Use different aliases on the fields to fetch both if this was intentional."#
                ]
            ),
            (
                "{ dog { name: nickname name } }",
                [
                    #"1:9 1:24 Fields "name" conflict because "nickname" and "name" are different fields. Use different aliases on the fields to fetch both if this was intentional."#
                ]
            ),
            (
                "{ dog { doesKnowCommand doesKnowCommand(dogCommand: HEEL) } }",
                [
                    #"1:9 1:25 Fields "doesKnowCommand" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional."#
                ]
            ),
            (
                "{ dog { doesKnowCommand(dogCommand: SIT) doesKnowCommand(dogCommand: HEEL) } }",
                [
                    #"1:9 1:42 Fields "doesKnowCommand" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional."#
                ]
            ),
            (
                "{ dog { isAtLocation(x: 0) isAtLocation(y: 0) } }",
                [
                    #"1:9 1:28 Fields "isAtLocation" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional."#
                ]
            ),
            (
                #"{ args { string(value: "a") string(value: """a""") stringList(value: ["a"]) stringList(value: "a") complex(value: {intField: 1}) complex(value: {stringField: "1"}) int(value: $a) int(value: $b) } }"#,
                [
                    #"1:10 1:29 Fields "string" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional."#,
                    #"1:52 1:77 Fields "stringList" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional."#,
                    #"1:100 1:130 Fields "complex" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional."#,
                    #"1:165 1:180 Fields "int" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional."#,
                ]
            ),
            // As Unicode sees it these texts are the same, but their characters are not.
            (
                "{ args { string(value: \"\u{E9}\") string(value: \"e\u{301}\") } }",
                [
                    #"1:10 1:29 Fields "string" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional."#
                ]
            ),
            (
                "{ ...A ...B } fragment A on QueryRoot { x: dog { name } } fragment B on QueryRoot { x: cat { name } }",
                [
                    #"1:41 1:85 Fields "x" conflict because "dog" and "cat" are different fields. Use different aliases on the fields to fetch both if this was intentional."#
                ]
            ),
            (
                "{ dog { ...A ...B ...C } } fragment A on Dog { x: name } fragment B on Dog { x: nickname } fragment C on Dog { x: barks }",
                [
                    #"1:48 1:78 Fields "x" conflict because "name" and "nickname" are different fields. Use different aliases on the fields to fetch both if this was intentional."#,
                    #"1:48 1:112 Fields "x" conflict because "name" and "barks" are different fields. Use different aliases on the fields to fetch both if this was intentional."#,
                    #"1:78 1:112 Fields "x" conflict because "nickname" and "barks" are different fields. Use different aliases on the fields to fetch both if this was intentional."#,
                ]
            ),
            (
                "{ dog { x: mother { y: name } x: mother { y: nickname } } }",
                [
                    #"1:9 1:21 1:31 1:43 Fields "x" conflict because subfields "y" conflict because "name" and "nickname" are different fields. Use different aliases on the fields to fetch both if this was intentional."#
                ]
            ),
            (
                "{ dog { x: mother { a: name b: name } x: mother { a: nickname b: nickname } } }",
                [
                    #"1:9 1:21 1:29 1:39 1:51 1:63 Fields "x" conflict because subfields "a" conflict because "name" and "nickname" are different fields and subfields "b" conflict because "name" and "nickname" are different fields. Use different aliases on the fields to fetch both if this was intentional."#
                ]
            ),
            (
                "{ a: dog { b: mother { c: name } } a: dog { b: mother { c: nickname } } }",
                [
                    #"1:3 1:12 1:24 1:36 1:45 1:57 Fields "a" conflict because subfields "b" conflict because subfields "c" conflict because "name" and "nickname" are different fields. Use different aliases on the fields to fetch both if this was intentional."#
                ]
            ),
            (
                "{ a: dog { b: mother { c: name } b: mother { c: nickname } } a: dog { b: mother { d: name } } }",
                [
                    #"1:12 1:24 1:34 1:46 Fields "b" conflict because subfields "c" conflict because "name" and "nickname" are different fields. Use different aliases on the fields to fetch both if this was intentional."#
                ]
            ),
            (
                "{ a: dog { ...F } a: dog { ...I } } fragment F on Dog { ...G } fragment G on Dog { x: name x: nickname } fragment I on Dog { y: name ...J } fragment J on Dog { y: nickname }",
                [
                    #"1:84 1:92 Fields "x" conflict because "name" and "nickname" are different fields. Use different aliases on the fields to fetch both if this was intentional."#,
                    #"1:126 1:161 Fields "y" conflict because "name" and "nickname" are different fields. Use different aliases on the fields to fetch both if this was intentional."#,
                ]
            ),
            (
                "{ box { ... on IntBox { scalar } ... on StringBox { scalar } } }",
                [
                    #"1:25 1:53 Fields "scalar" conflict because they return conflicting types "Int" and "String". Use different aliases on the fields to fetch both if this was intentional."#
                ]
            ),
            (
                "{ box { ... on StringBox { scalar } ... on NonNullBox { scalar } } }",
                [
                    #"1:28 1:57 Fields "scalar" conflict because they return conflicting types "String" and "String!". Use different aliases on the fields to fetch both if this was intentional."#
                ]
            ),
            (
                "{ box { ... on IntBox { x: deep { y: scalar } } ... on StringBox { x: deep { y: scalar } } } }",
                [
                    #"1:25 1:35 1:68 1:78 Fields "x" conflict because subfields "y" conflict because they return conflicting types "Int" and "String". Use different aliases on the fields to fetch both if this was intentional."#
                ]
            ),
            (
                "{ box { ... on StringBox { x: list { scalar } } ... on IntBox { x: deep { scalar } } } }",
                [
                    #"1:28 1:65 Fields "x" conflict because they return conflicting types "[StringBox]" and "IntBox". Use different aliases on the fields to fetch both if this was intentional."#
                ]
            ),
            (
                "{ box { ... on IntBox { x: scalar } ... on StringBox { x: deep { scalar } } } }",
                [
                    #"1:25 1:56 Fields "x" conflict because they return conflicting types "Int" and "StringBox". Use different aliases on the fields to fetch both if this was intentional."#
                ]
            ),
            (
                "{ box { ... on IntBox { deep { scalar } } ... on NonNullBox { deep { scalar: unrelated } } } }",
                [
                    #"1:25 1:32 1:63 1:70 Fields "deep" conflict because subfields "scalar" conflict because they return conflicting types "Int" and "String". Use different aliases on the fields to fetch both if this was intentional."#
                ]
            ),
            (
                "{ pet { ... on Dog { x: name } ... on Canine { x: nickname } } }",
                [
                    #"1:22 1:48 Fields "x" conflict because "name" and "nickname" are different fields. Use different aliases on the fields to fetch both if this was intentional."#
                ]
            ),
            (
                "fragment A on Dog { name: nickname name ...A }",
                [
                    #"1:21 1:36 Fields "name" conflict because "nickname" and "name" are different fields. Use different aliases on the fields to fetch both if this was intentional."#
                ]
            ),
            (
                "{ dog { ... on Pet { name(surname: true) } ... on Dog { name } ... on Cat { name(surname: false) } } }",
                [
                    #"1:22 1:57 Fields "name" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional."#,
                    #"1:22 1:77 Fields "name" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional."#,
                ]
            ),
        ] as [(String, [String])])
    func `fields that conflict are refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
