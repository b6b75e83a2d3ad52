/// The spelling of names, labels and numbers.
///
/// Prometheus: Text-based format, version 0.0.4
enum MetricText {
    /// A name that Prometheus takes: what it doesn't allow becomes an underscore, as does a digit in front.
    static func name(_ text: String, allowsColon: Bool = true) -> String {
        var name = text.utf8.map { byte in
            isNameByte(byte) || (allowsColon && byte == UInt8(ascii: ":")) ? byte : UInt8(ascii: "_")
        }
        if let first = name.first, isDigit(first) { name[0] = UInt8(ascii: "_") }
        return name.isEmpty ? "_" : String(decoding: name, as: UTF8.self)
    }

    /// Labels between the braces, in the order of their names, so that the same ones have the same text.
    static func labels(_ labels: [(String, String)]) -> String {
        labels.map { (name($0.0, allowsColon: false), $0.1) }
            .sorted { $0.0 < $1.0 }
            .map { "\($0.0)=\"\(escaped($0.1, quotes: true))\"" }
            .joined(separator: ",")
    }

    /// A help text in one line.
    static func help(_ text: String) -> String {
        escaped(text, quotes: false)
    }

    /// A number as Go's `ParseFloat` reads it.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        // Counts look like counts as long as a Double holds them exactly.
        if let whole = Int64(exactly: value), whole.magnitude < 1 << 53 { return String(whole) }
        return value.description
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            || isDigit(byte) || byte == UInt8(ascii: "_")
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
