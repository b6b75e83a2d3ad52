/// Escape sequences in quoted strings, those of GraphQL and those of JSON, which are a part of them.
///
/// All functions take bytes that are padded like those of a `Source`, and the position of the backslash.
enum EscapeSequence {
    /// What the character behind a backslash stands for, such as a line feed for `n`; nil when it stands for nothing.
    static func character(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): character
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }

    /// `\uXXXX`, or a pair of them that is a surrogate pair.
    ///
    /// - Returns: the scalar and the length of the sequence in bytes; nil when the sequence is malformed or half of a
    ///   surrogate pair.
    static func fixedWidth(
        in bytes: ContiguousArray<UInt8>,
        at position: Int
    ) -> (scalar: Unicode.Scalar, length: Int)? {
        guard let code = fourHexDigits(in: bytes, at: position + 2) else { return nil }
        if let scalar = Unicode.Scalar(code) { return (scalar, 6) }
        // `code` is half of a pair. If it is the second half, what follows lies beyond Unicode and makes no scalar.
        guard bytes[position + 6] == UInt8(ascii: "\\"), bytes[position + 7] == UInt8(ascii: "u"),
            let trailing = fourHexDigits(in: bytes, at: position + 8), 0xDC00...0xDFFF ~= trailing,
            let scalar = Unicode.Scalar(0x10000 + (code - 0xD800) << 10 + (trailing - 0xDC00))
        else { return nil }
        return (scalar, 12)
    }

    /// `\u{X…}`, which JSON does not have.
    ///
    /// - Returns: the scalar and the length of the sequence; without the scalar, how much of it shows the mistake.
    static func variableWidth(
        in bytes: ContiguousArray<UInt8>,
        at position: Int
    ) -> (scalar: Unicode.Scalar?, length: Int) {
        var code: UInt32 = 0
        for length in 4...12 {
            let character = bytes[position + length - 1]
            if character == UInt8(ascii: "}") {
                return (length > 4 ? Unicode.Scalar(code) : nil, length)
            }
            guard let digit = hexDigit(character) else { return (nil, length) }
            code = code << 4 | digit
            guard code < 0x8000_0000 else { return (nil, length) }
        }
        return (nil, 12)
    }

    private static func fourHexDigits(in bytes: ContiguousArray<UInt8>, at position: Int) -> UInt32? {
        var code: UInt32 = 0
        for offset in 0..<4 {
            guard let digit = hexDigit(bytes[position + offset]) else { return nil }
            code = code << 4 | digit
        }
        return code
    }

    private static func hexDigit(_ character: UInt8) -> UInt32? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(character - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(character - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
