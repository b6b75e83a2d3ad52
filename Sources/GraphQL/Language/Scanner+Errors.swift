// What error messages say about the text. None of this runs before there is an error.
extension Scanner {
    func error(_ message: String, at position: Int) -> SyntaxError {
        SyntaxError(message, at: UInt32(position), in: source)
    }

    /// The token at `position` as error messages name it, such as `Name "id"` or `"{"`.
    ///
    /// Throws what is wrong with the token itself, which always comes first.
    func describeToken(at position: Int) throws(SyntaxError) -> String {
        switch self[position] {
        case 0 where isEnd(position):
            return "<EOF>"
        case UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "("), UInt8(ascii: ")"),
            UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "@"), UInt8(ascii: "["), UInt8(ascii: "]"),
            UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
            return "\"\(text(at: position, length: 1))\""
        case UInt8(ascii: ".") where isSpread(position):
            return "\"...\""
        case UInt8(ascii: "\""):
            let (end, isBlock) = try string(at: position)
            return isBlock
                ? "BlockString \"\(StringLiteral.blockStringValue(position + 3..<end - 3, in: source.bytes))\""
                : "String \"\(StringLiteral.stringValue(position + 1..<end - 1, in: source.bytes))\""
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let (end, isFloat) = try number(at: position)
            return "\(isFloat ? "Float" : "Int") \"\(text(at: position, length: end - position))\""
        case _ where isNameStart(position):
            return "Name \"\(text(at: position, length: Int(name(at: position).length)))\""
        case UInt8(ascii: "'"):
            let hint = "Unexpected single quote character ('), did you mean to use a double quote (\")?"
            throw error(hint, at: position)
        default:
            throw error("Unexpected character: \(character(at: position)).", at: position)
        }
    }

    /// Whether `...` is written here.
    func isSpread(_ position: Int) -> Bool {
        self[position] == UInt8(ascii: ".") && self[position + 1] == UInt8(ascii: ".")
            && self[position + 2] == UInt8(ascii: ".")
    }

    /// A character as error messages show it: quoted when it is printable ASCII, else as `U+00DF`.
    func character(at position: Int) -> String {
        guard let scalar = text(at: position, length: 1).unicodeScalars.first else { return "<EOF>" }
        switch scalar {
        case "\"": return "'\"'"
        case " "..."~": return "\"\(scalar)\""
        default:
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
    }

    /// The next `length` characters; fewer where the text ends.
    func text(at position: Int, length: Int) -> String {
        let end = min(position + 4 * length, source.count)
        let text = String(decoding: source.bytes[min(position, end)..<end], as: UTF8.self)
        return String(text.unicodeScalars.prefix(length))
    }
}
