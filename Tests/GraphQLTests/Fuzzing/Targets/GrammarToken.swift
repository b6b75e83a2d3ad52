/// A token of a generated or printed document: how it is written, and what it stands for.
struct GrammarToken: Equatable {
    let text: String
    /// Equal for tokens that mean the same, however they are written; nil for one that may be left out.
    let meaning: String?

    static func == (left: Self, right: Self) -> Bool { left.meaning == right.meaning }

    /// A name, a number or a punctuator, which stands for itself.
    init(_ text: String) {
        self.text = text
        meaning = text
    }

    init(optional text: String) {
        self.text = text
        meaning = nil
    }

    /// A string literal, with its quotes.
    init(literal: String) {
        text = literal
        meaning = Self.isBlock(literal) ? "block " + Self.blockValue(literal) : "string " + Self.quotedValue(literal)
    }

    var isPunctuator: Bool { text.utf8.count == 1 && "!$&()[]{}:=@|".contains(text) || text == "..." }

    // MARK: Strings

    private static func isBlock(_ literal: String) -> Bool { literal.hasPrefix("\"\"\"") }

    /// Spec: 2.9.4 String Value, Static Semantics
    private static func quotedValue(_ literal: String) -> String {
        var value = String.UnicodeScalarView()
        var rest = literal.unicodeScalars.dropFirst().dropLast()
        while let character = rest.popFirst() {
            guard character == "\\", let escaped = rest.popFirst() else {
                value.append(character)
                continue
            }
            if escaped != "u" {
                value.append(["b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r", "t": "\t"][escaped] ?? escaped)
            } else if rest.first == "{" {
                value.append(scalar(ofDigits: rest.prefix { $0 != "}" }.dropFirst()))
                rest = rest.drop { $0 != "}" }.dropFirst()
            } else {
                value.append(scalar(ofDigits: rest.prefix(4)))
                rest = rest.dropFirst(4)
            }
        }
        return String(value)
    }

    private static func scalar(ofDigits digits: Substring.UnicodeScalarView) -> Unicode.Scalar {
        UInt32(String(digits), radix: 16).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}"
    }

    /// Spec: 2.9.4 String Value, BlockStringValue()
    private static func blockValue(_ literal: String) -> String {
        let raw = literal.dropFirst(3).dropLast(3).replacing("\\\"\"\"", with: "\"\"\"")
        var lines: [[Unicode.Scalar]] = [[]]
        var previous: Unicode.Scalar?
        for scalar in raw.unicodeScalars {
            if scalar == "\r" || scalar == "\n" && previous != "\r" { lines.append([]) }
            if scalar != "\r", scalar != "\n" { lines[lines.count - 1].append(scalar) }
            previous = scalar
        }
        let isSpace = { (scalar: Unicode.Scalar) in scalar == " " || scalar == "\t" }
        let indents = lines.dropFirst().filter { !$0.allSatisfy(isSpace) }.map { $0.prefix(while: isSpace).count }
        if let common = indents.min() {
            for line in lines.indices.dropFirst() { lines[line].removeFirst(min(common, lines[line].count)) }
        }
        while lines.first?.allSatisfy(isSpace) ?? false { lines.removeFirst() }
        while lines.last?.allSatisfy(isSpace) ?? false { lines.removeLast() }
        return lines.map { line in String(String.UnicodeScalarView(line)) }.joined(separator: "\n")
    }

    // MARK: Reading

    /// The tokens of a document without comments, such as one that was printed.
    static func tokens(of document: String) -> [GrammarToken] {
        var tokens: [GrammarToken] = []
        var rest = Array(document.unicodeScalars)[...]
        func take(_ count: Int) -> String {
            defer { rest = rest.dropFirst(count) }
            return String(String.UnicodeScalarView(rest.prefix(count)))
        }
        while let first = rest.first {
            switch first {
            case " ", "\n", ",": rest = rest.dropFirst()
            case "\"": tokens.append(GrammarToken(literal: take(literalLength(rest))))
            case ".": tokens.append(GrammarToken(take(3)))
            case "!", "$", "&", "(", ")", "[", "]", "{", "}", ":", "=", "@", "|": tokens.append(GrammarToken(take(1)))
            default:
                let length = rest.prefix { $0.properties.isAlphabetic || "0123456789_+-.".unicodeScalars.contains($0) }
                tokens.append(GrammarToken(take(max(1, length.count))))
            }
        }
        return tokens
    }

    private static func literalLength(_ text: ArraySlice<Unicode.Scalar>) -> Int {
        let quotes = text.prefix(3).allSatisfy { $0 == "\"" } && text.count > 2 ? 3 : 1
        var position = text.startIndex + quotes
        while position < text.endIndex, !text[position...].prefix(quotes).allSatisfy({ $0 == "\"" }) {
            let isEscape = text[position] == "\\"
            let isEscapedEnd = isEscape && text[(position + 1)...].prefix(3).allSatisfy { $0 == "\"" }
            position += quotes == 1 ? (isEscape ? 2 : 1) : (isEscapedEnd ? 4 : 1)
        }
        return position + quotes - text.startIndex
    }
}
