extension StringLiteral {
    /// A string literal of `text` in quotes.
    ///
    /// Spec: 2.9.4 String Value
    static func quoted(_ text: String) -> String {
        var literal: [UInt8] = []
        literal.reserveCapacity(text.utf8.count + 2)
        literal.append(UInt8(ascii: "\""))
        var previous: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): literal += [UInt8(ascii: "\\"), byte]
            case 0x08: literal += "\\b".utf8
            case 0x0C: literal += "\\f".utf8
            case 0x0A: literal += "\\n".utf8
            case 0x0D: literal += "\\r".utf8
            case 0x09: literal += "\\t".utf8
            case 0x00..<0x20, 0x7F: literal += escapeSequence(of: byte).utf8
            case 0x80...0x9F where previous == 0xC2:
                // The two bytes of a control character from U+0080 on.
                literal.removeLast()
                literal += escapeSequence(of: byte).utf8
            default: literal.append(byte)
            }
            previous = byte
        }
        literal.append(UInt8(ascii: "\""))
        return String(decoding: literal, as: UTF8.self)
    }

    private static func escapeSequence(of control: UInt8) -> String {
        let digits = String(control, radix: 16, uppercase: true)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }

    /// A block string of `text` in triple quotes, which stand on lines of their own unless the text is one short line.
    ///
    /// Spec: 2.9.4 String Value, Block Strings
    static func blockQuoted(_ text: String) -> String {
        let source = Source(text)
        let lines = lines(of: 0..<source.count, in: source.bytes)
        let beginsWithSpace = { (line: Range<Int>) in [0x20, 0x09].contains(source.bytes[line].first) }
        // The other lines would lose their common indentation if the first did not stand among them.
        let needsLeadingLineEnd =
            lines.count > 1 && lines.dropFirst().allSatisfy { $0.isEmpty || beginsWithSpace($0) }
        // Behind a quote or a backslash, the closing quotes would not close.
        let needsTrailingLineEnd = [UInt8(ascii: "\""), UInt8(ascii: "\\")].contains(text.utf8.last)
        let isSpacious = lines.count > 1 || text.utf16.count > 70 || needsTrailingLineEnd
        let keepsFirstLine = lines.count == 1 && beginsWithSpace(lines[0])
        let opening = needsLeadingLineEnd || isSpacious && !keepsFirstLine ? "\"\"\"\n" : "\"\"\""
        return opening + escapingTripleQuotes(of: source) + (isSpacious ? "\n\"\"\"" : "\"\"\"")
    }

    private static func escapingTripleQuotes(of source: Source) -> String {
        let quotes = repeatElement(UInt8(ascii: "\""), count: 3)
        var escaped: [UInt8] = []
        var position = 0
        while position < source.count {
            if source.bytes[position..<position + 3].elementsEqual(quotes) {
                escaped.append(UInt8(ascii: "\\"))
                escaped.append(contentsOf: quotes)
                position += 3
            } else {
                escaped.append(source.bytes[position])
                position += 1
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}
