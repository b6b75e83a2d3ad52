// Numbers and text as ECMAScript turns one into the other: messages and the coercion of results follow graphql-js.

extension Double {
    /// The number that a text spells; nil when it spells none.
    ///
    /// ECMAScript: StringToNumber()
    package init?(ecmaScript text: String) {
        let bytes = text.utf8.drop(while: \.isSpace)
        let digits = bytes.prefix(bytes.reversed().drop(while: \.isSpace).count)
        guard let first = digits.first else {
            self = 0
            return
        }
        if first == UInt8(ascii: "0"), let radix = Self.radix(digits.dropFirst().first) {
            self.init(digits: digits.dropFirst(2), radix: radix)
            return
        }
        switch Substring(digits) {
        case "Infinity", "+Infinity": self = .infinity
        case "-Infinity": self = -.infinity
        case let decimal:
            // The standard library also reads "inf", "nan" and hexadecimal fractions.
            guard digits.allSatisfy(\.isPartOfDecimal), let number = Double(decimal) else { return nil }
            self = number
        }
    }

    private static func radix(_ letter: UInt8?) -> Int? {
        switch letter {
        case UInt8(ascii: "x"), UInt8(ascii: "X"): 16
        case UInt8(ascii: "o"), UInt8(ascii: "O"): 8
        case UInt8(ascii: "b"), UInt8(ascii: "B"): 2
        default: nil
        }
    }

    private init?(digits: Substring.UTF8View, radix: Int) {
        guard !digits.isEmpty else { return nil }
        self = 0
        for digit in digits {
            guard let value = Character(Unicode.Scalar(digit)).hexDigitValue, value < radix else { return nil }
            self = self * Double(radix) + Double(value)
        }
    }

    /// The shortest text that reads back as the same number: without a fraction for integers, with an exponent from
    /// 10²¹ and below 10⁻⁶.
    ///
    /// ECMAScript: Number::toString()
    @usableFromInline package var ecmaScriptText: String {
        if isNaN { return "NaN" }
        if isInfinite { return self < 0 ? "-Infinity" : "Infinity" }
        if self == 0 { return "0" }
        if self < 0 { return "-" + (-self).ecmaScriptText }
        let (digits, point) = decimal
        switch point {
        case digits.count...21:
            return digits + String(repeating: "0", count: point - digits.count)
        case 1...21:
            return digits.prefix(point) + "." + digits.dropFirst(point)
        case -5...0:
            return "0." + String(repeating: "0", count: -point) + digits
        default:
            let fraction = digits.count == 1 ? "" : "." + digits.dropFirst()
            return digits.prefix(1) + fraction + "e" + (point > 0 ? "+" : "") + String(point - 1)
        }
    }

    /// The shortest digits that read back as this positive number, and how many of them stand before the decimal point.
    private var decimal: (digits: String, point: Int) {
        let parts = description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let fraction = mantissa.count > 1 && mantissa[1] != "0" ? mantissa[1] : ""
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let all = mantissa[0] + fraction
        let significant = all.drop { $0 == "0" }
        let point = mantissa[0].count + exponent - (all.count - significant.count)
        let digits = significant.prefix(significant.count - significant.reversed().prefix { $0 == "0" }.count)
        return (String(digits), point)
    }
}

extension UInt8 {
    /// White space and line ends of ASCII.
    fileprivate var isSpace: Bool { self == UInt8(ascii: " ") || (9...13).contains(self) }

    /// Whether this may stand in a decimal number.
    fileprivate var isPartOfDecimal: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"),
            UInt8(ascii: "+"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
