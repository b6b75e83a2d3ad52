/// The text that string literals stand for.
///
/// Both functions take a literal's range between its quotes, in bytes that are padded like those of a `Source`.
/// They rely on the parser, which has checked every escape sequence.
enum StringLiteral {
    /// The text of a quoted string.
    ///
    /// Spec: 2.9.4 String Value, Static Semantics
    static func stringValue(_ content: Range<Int>, in bytes: ContiguousArray<UInt8>) -> String {
        guard bytes[content].contains(UInt8(ascii: "\\")) else {
            return String(decoding: bytes[content], as: UTF8.self)
        }
        var text: [UInt8] = []
        text.reserveCapacity(content.count)
        var plainStart = content.lowerBound
        var position = content.lowerBound
        while position < content.upperBound {
            guard bytes[position] == UInt8(ascii: "\\") else {
                position += 1
                continue
            }
            text.append(contentsOf: bytes[plainStart..<position])
            let (scalar, length) = escapeSequence(in: bytes, at: position)
            if scalar.isASCII {
                text.append(UInt8(scalar.value))
            } else {
                text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
            position += length
            plainStart = position
        }
        text.append(contentsOf: bytes[plainStart..<content.upperBound])
        return String(decoding: text, as: UTF8.self)
    }

    private static func escapeSequence(
        in bytes: ContiguousArray<UInt8>,
        at position: Int
    ) -> (scalar: Unicode.Scalar, length: Int) {
        guard bytes[position + 1] == UInt8(ascii: "u") else {
            let character = bytes[position + 1]
            return (Unicode.Scalar(EscapeSequence.character(character) ?? character), 2)
        }
        if bytes[position + 2] == UInt8(ascii: "{") {
            let (scalar, length) = EscapeSequence.variableWidth(in: bytes, at: position)
            return (scalar ?? "\u{FFFD}", length)
        }
        return EscapeSequence.fixedWidth(in: bytes, at: position) ?? ("\u{FFFD}", 6)
    }

    /// The text of a block string: without the indentation that all its lines share, and without the blank lines
    /// around it.
    ///
    /// Spec: 2.9.4 String Value, BlockStringValue()
    static func blockStringValue(_ content: Range<Int>, in bytes: ContiguousArray<UInt8>) -> String {
        let lines = lines(of: content, in: bytes)
        let indents = lines.map { line in line.count - bytes[line].drop { $0 == 0x20 || $0 == 0x09 }.count }
        let textLines = lines.indices.filter { indents[$0] < lines[$0].count }
        guard let first = textLines.first, let last = textLines.last else { return "" }
        let commonIndent = textLines.filter { $0 != 0 }.map { indents[$0] }.min() ?? 0
        var text: [UInt8] = []
        text.reserveCapacity(content.count)
        for index in first...last {
            if index > first { text.append(UInt8(ascii: "\n")) }
            let line = lines[index].dropFirst(index == 0 ? 0 : commonIndent)
            appendUnescaped(line, of: bytes, to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends a line of a block string; `\"""` stands for three quotes.
    private static func appendUnescaped(_ line: Range<Int>, of bytes: ContiguousArray<UInt8>, to text: inout [UInt8]) {
        let quotes = repeatElement(UInt8(ascii: "\""), count: 3)
        for position in line {
            if bytes[position] == UInt8(ascii: "\\"), bytes[position + 1..<position + 4].elementsEqual(quotes) {
                continue
            }
            text.append(bytes[position])
        }
    }

    /// The ranges between line ends, which are `\n`, `\r` or `\r\n`.
    static func lines(of content: Range<Int>, in bytes: ContiguousArray<UInt8>) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = content.lowerBound
        var position = start
        while position < content.upperBound {
            let character = bytes[position]
            position += 1
            guard character == UInt8(ascii: "\n") || character == UInt8(ascii: "\r") else { continue }
            lines.append(start..<position - 1)
            if character == UInt8(ascii: "\r"), bytes[position] == UInt8(ascii: "\n") { position += 1 }
            start = position
        }
        lines.append(start..<content.upperBound)
        return lines
    }
}
