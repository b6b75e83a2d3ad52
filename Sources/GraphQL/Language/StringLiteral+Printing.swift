extension StringLiteral {
    /// A string literal of `text` in quotes.
    ///
    /// Spec: 2.9.4 String Value
    static func quoted(_ text: String) -> String {
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": literal += "\\\""
            case "\\": literal += "\\\\"
            case "\u{8}": literal += "\\b"
            case "\u{C}": literal += "\\f"
            case "\n": literal += "\\n"
            case "\r": literal += "\\r"
            case "\t": literal += "\\t"
            case "\u{0}"..<" ", "\u{7F}"..."\u{9F}":
                let digits = String(scalar.value, radix: 16, uppercase: true)
                literal += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "\""
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
