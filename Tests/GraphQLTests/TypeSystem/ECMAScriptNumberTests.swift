import GraphQL
import Testing

/// The expected values are what `String(x)` and `Number(x)` answer in node.
@Suite struct ECMAScriptNumberTests {
    @Test(
        arguments: [
            (0, "0"), (-0.0, "0"), (1, "1"), (-3, "-3"), (1.5, "1.5"), (100, "100"), (0.1, "0.1"), (0.25, "0.25"),
            (123456.789, "123456.789"), (1e20, "100000000000000000000"), (1e21, "1e+21"), (1.5e21, "1.5e+21"),
            (123456789012345683968, "123456789012345680000"), (1e16, "10000000000000000"),
            (9007199254740992, "9007199254740992"), (1e-6, "0.000001"), (1.25e-6, "0.00000125"), (1e-7, "1e-7"),
            (1.5e-7, "1.5e-7"), (-1.5e-10, "-1.5e-10"), (.leastNonzeroMagnitude, "5e-324"),
            (.greatestFiniteMagnitude, "1.7976931348623157e+308"), (.nan, "NaN"), (.infinity, "Infinity"),
            (-.infinity, "-Infinity"),
        ] as [(Double, String)])
    func `a number is written as ECMAScript writes it`(number: Double, text: String) {
        #expect(number.ecmaScriptText == text)
    }

    @Test(
        arguments: [
            ("0", 0), ("42", 42), ("-3", -3), ("+7", 7), ("1.5", 1.5), (".5", 0.5), ("1.", 1), ("1e3", 1000),
            ("1E+2", 100), ("1e-2", 0.01), (" \t7\n", 7), ("", 0), ("  ", 0), ("0x1F", 31), ("0XaB", 171), ("0o17", 15),
            ("0b101", 5), ("Infinity", .infinity), ("-Infinity", -.infinity), ("+Infinity", .infinity), ("007", 7),
            ("1e400", .infinity),
        ] as [(String, Double)])
    func `a text is read as ECMAScript reads it`(text: String, number: Double) {
        #expect(Double(ecmaScript: text) == number)
    }

    @Test(arguments: [
        "abc", "1a", "1 2", "--1", "1e", "e5", ".", "-", "inf", "infinity", "nan", "NaN", "0x", "0xg", "-0x1", "0b2",
        "0o8",
        "0x1p3", "1_000", "1,5", "٣",
    ])
    func `a text that spells no number is none`(text: String) {
        #expect(Double(ecmaScript: text) == nil)
    }
}
