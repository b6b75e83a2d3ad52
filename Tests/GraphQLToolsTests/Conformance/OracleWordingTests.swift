import Testing

@testable import GraphQLTools

@Suite struct OracleWordingTests {
    @Test(arguments: [
        (
            #"Cannot query field "a" on type "T". Did you mean "b"?"#,
            "Cannot query field 'a' on type 'T'. Did you mean 'b'?"
        ),
        // Values stay as they are written.
        (
            #"Int cannot represent non-integer value: "a""#, #"Int cannot represent non-integer value: "a""#
        ),
        (
            #"Enum "E" cannot represent non-enum value: "RED". Did you mean the enum value "RED"?"#,
            #"Enum 'E' cannot represent non-enum value: "RED". Did you mean the enum value 'RED'?"#
        ),
        (
            #"Expected value of type "Date", found "x"; The "day" is missing."#,
            #"Expected value of type 'Date', found "x"; The 'day' is missing."#
        ),
        (
            #"Variable "$v" got invalid value "x" at "v.a"; Expected type "In" to be an object."#,
            #"Variable '$v' got invalid value "x" at 'v.a'; Expected type 'In' to be an object."#
        ),
        (
            #"Variable "$v" got invalid value {a: "b"}; Field "b" is not defined by type "In". Did you mean "a"?"#,
            #"Variable '$v' got invalid value {a: "b"}; Field 'b' is not defined by type 'In'. Did you mean 'a'?"#
        ),
        // Of a syntax error, what was found is in one pair of quotes.
        (#"Syntax Error: Expected "{", found <EOF>."#, "Syntax Error: Expected '{', found <EOF>."),
        (#"Syntax Error: Expected "$", found Name "a"."#, "Syntax Error: Expected '$', found Name 'a'."),
        (#"Syntax Error: Expected ":", found String "a"b"."#, #"Syntax Error: Expected ':', found String 'a"b'."#),
        (
            #"Syntax Error: Invalid character escape sequence: "\q"."#,
            #"Syntax Error: Invalid character escape sequence: '\q'."#
        ),
        (
            #"Syntax Error: Invalid number, expected digit but got: "a"."#,
            "Syntax Error: Invalid number, expected digit but got: 'a'."
        ),
        (#"Syntax Error: Unexpected character: "?"."#, "Syntax Error: Unexpected character: '?'."),
        (
            #"Syntax Error: Unexpected single quote character ('), did you mean to use a double quote (")?"#,
            #"Syntax Error: Unexpected single quote character ('), did you mean to use a double quote (")?"#
        ),
        ("Syntax Error: Unterminated string.", "Syntax Error: Unterminated string."),
    ])
    func `names are in single quotes, and values as they are written`(_ message: String, _ adapted: String) {
        #expect(OracleWording.adapted(message) == adapted)
    }
}
