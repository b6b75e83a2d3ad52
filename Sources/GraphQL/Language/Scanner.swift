/// Finds where tokens end. A scanner knows no grammar and builds nothing.
///
/// Spec: 2.1 Source Text, Appendix: Lexical Tokens
struct Scanner {
    let source: Source
    private let bytes: PaddedBytes
    /// Here, since a global is asked whether it is initialised each time.
    private let seed = NameHash.seed

    init(_ source: Source, bytes: PaddedBytes) {
        self.source = source
        self.bytes = bytes
    }

    @inline(__always)
    subscript(position: Int) -> UInt8 { bytes[position] }

    /// Whether the text ends here. A zero byte within the text is a character like another.
    func isEnd(_ position: Int) -> Bool { position >= source.count }

    // MARK: Ignored tokens

    /// The position of the first character that is neither white space, line end, comma, comment nor byte order mark.
    ///
    /// Spec: 2.1 Source Text, Ignored
    @inline(__always)
    func skipIgnored(from start: Int) -> Int {
        // Nearly all tokens are followed by nothing, or by one space.
        var position = start
        if bytes[position] == UInt8(ascii: " ") { position += 1 }
        let character = bytes[position]
        return character > UInt8(ascii: ",") && character != 0xEF ? position : skipMoreIgnored(from: position)
    }

    private func skipMoreIgnored(from start: Int) -> Int {
        var position = start
        // Nearly always it is a line's end with indentation behind it.
        if bytes[position] == UInt8(ascii: "\n") {
            position = endOfSpaces(at: position + 1)
            let character = bytes[position]
            if character > UInt8(ascii: ",") && character != 0xEF { return position }
        }
        while true {
            switch bytes[position] {
            case UInt8(ascii: " "):
                position = endOfSpaces(at: position)
            case UInt8(ascii: "\n"):
                // Indentation follows nearly every line end.
                position = endOfSpaces(at: position + 1)
            case UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: ","):
                position += 1
            case UInt8(ascii: "#"):
                position = endOfComment(at: position)
            case 0xEF where bytes[position + 1] == 0xBB && bytes[position + 2] == 0xBF:
                position += 3  // A byte order mark.
            default:
                return position
            }
        }
    }

    /// Eight spaces at a time: what differs from them in a word begins with the first other character.
    @inline(__always)
    private func endOfSpaces(at start: Int) -> Int {
        var position = start
        while true {
            let others = bytes.word(at: position) ^ 0x2020_2020_2020_2020
            guard others == 0 else { return position + others.trailingZeroBitCount / 8 }
            position += 8
        }
    }

    private func endOfComment(at start: Int) -> Int {
        var position = start
        while true {
            switch bytes[position] {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return position
            case 0 where isEnd(position): return position
            default: position += 1
            }
        }
    }

    // MARK: Names

    @inline(__always)
    func isNameStart(_ position: Int) -> Bool {
        let character = bytes[position]
        return (character | 0x20) &- UInt8(ascii: "a") < 26 || character == UInt8(ascii: "_")
    }

    /// The name at `start`, where a letter or underscore is known to be.
    ///
    /// The words that find its end are its hash, too.
    @inline(__always)
    func name(at start: Int) -> HashedName {
        var word = bytes.word(at: start)
        var others = Scanner.nonNameCharacters(in: word)
        let firstWord = word & Scanner.bytes(before: others)
        var hash = NameHash.mix(seed, firstWord)
        var position = start
        while others == 0 {
            position += 8
            word = bytes.word(at: position)
            others = Scanner.nonNameCharacters(in: word)
            hash = NameHash.mix(hash, word & Scanner.bytes(before: others))
        }
        let end = position + others.trailingZeroBitCount / 8
        return HashedName(offset: UInt32(start), length: UInt32(end - start), firstWord: firstWord, hash: hash)
    }

    /// The high bit of each byte of `word` that is no letter, digit or underscore.
    @inline(__always)
    private static func nonNameCharacters(in word: UInt64) -> UInt64 {
        // Sums of bytes below 0x80 don't carry into the next byte; their high bits tell how they compare.
        let characters = word & ~each(0x80)
        let lowercased = characters | each(0x20)
        let letters = (lowercased + each(0x80 - 0x61)) & ~(lowercased + each(0x7F - 0x7A))
        let digits = (characters + each(0x80 - 0x30)) & ~(characters + each(0x7F - 0x39))
        let notUnderscores = (characters ^ each(0x5F)) + each(0x7F)
        return (~(letters | digits) & notUnderscores | word) & each(0x80)
    }

    /// All bytes of a word before the first whose high bit is set in `marks`; all eight when there is none.
    @inline(__always)
    private static func bytes(before marks: UInt64) -> UInt64 {
        ((marks & (0 &- marks)) >> 7) &- 1
    }

    /// A word of eight equal bytes.
    @inline(__always)
    private static func each(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

    // MARK: Numbers

    /// The end of the number at `start`, where a digit or minus is known to be.
    ///
    /// Spec: 2.9.1 Int Value, 2.9.2 Float Value
    func number(at start: Int) throws(SyntaxError) -> (end: Int, isFloat: Bool) {
        var isFloat = false
        var position = start
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        if bytes[position] == UInt8(ascii: "0") {
            position += 1
            guard !isDigit(position) else {
                throw error("Invalid number, unexpected digit after 0: \(character(at: position)).", at: position)
            }
        } else {
            position = try digits(at: position)
        }
        if bytes[position] == UInt8(ascii: ".") {
            isFloat = true
            position = try digits(at: position + 1)
        }
        if bytes[position] | 0x20 == UInt8(ascii: "e") {
            isFloat = true
            position += 1
            if bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") { position += 1 }
            position = try digits(at: position)
        }
        guard bytes[position] != UInt8(ascii: "."), !isNameStart(position) else { throw expectedDigit(at: position) }
        return (position, isFloat)
    }

    private func digits(at start: Int) throws(SyntaxError) -> Int {
        guard isDigit(start) else { throw expectedDigit(at: start) }
        var position = start + 1
        while isDigit(position) { position += 1 }
        return position
    }

    private func isDigit(_ position: Int) -> Bool { bytes[position] &- UInt8(ascii: "0") < 10 }

    private func expectedDigit(at position: Int) -> SyntaxError {
        error("Invalid number, expected digit but got: \(character(at: position)).", at: position)
    }

    // MARK: Strings

    /// The end of the string or block string at `start`, where a quote is known to be.
    ///
    /// Spec: 2.9.4 String Value
    func string(at start: Int) throws(SyntaxError) -> (end: Int, isBlock: Bool) {
        isTripleQuote(start) ? (try blockString(at: start), true) : (try quotedString(at: start), false)
    }

    private func isTripleQuote(_ position: Int) -> Bool { bytes.word(at: position) & 0xFF_FFFF == 0x22_2222 }

    private func quotedString(at start: Int) throws(SyntaxError) -> Int {
        var position = start + 1
        while true {
            switch bytes[position] {
            case UInt8(ascii: "\""): return position + 1
            case UInt8(ascii: "\\"): position = try escapeSequence(at: position)
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): throw error("Unterminated string.", at: position)
            case 0 where isEnd(position): throw error("Unterminated string.", at: position)
            default: position += 1
            }
        }
    }

    private func blockString(at start: Int) throws(SyntaxError) -> Int {
        var position = start + 3
        while true {
            switch bytes[position] {
            case UInt8(ascii: "\"") where isTripleQuote(position): return position + 3
            case UInt8(ascii: "\\") where isTripleQuote(position + 1): position += 4
            case 0 where isEnd(position): throw error("Unterminated string.", at: position)
            default: position += 1
            }
        }
    }

    /// The end of the escape sequence at `start`, where a backslash is known to be.
    private func escapeSequence(at start: Int) throws(SyntaxError) -> Int {
        guard bytes[start + 1] == UInt8(ascii: "u") else {
            guard EscapeSequence.character(bytes[start + 1]) != nil else {
                throw error("Invalid character escape sequence: \"\(text(at: start, length: 2))\".", at: start)
            }
            return start + 2
        }
        if bytes[start + 2] == UInt8(ascii: "{") {
            let (scalar, length) = EscapeSequence.variableWidth(in: source.bytes, at: start)
            guard scalar != nil else { throw invalidUnicode(at: start, length: length) }
            return start + length
        }
        guard let (_, length) = EscapeSequence.fixedWidth(in: source.bytes, at: start) else {
            throw invalidUnicode(at: start, length: 6)
        }
        return start + length
    }

    private func invalidUnicode(at position: Int, length: Int) -> SyntaxError {
        error("Invalid Unicode escape sequence: \"\(text(at: position, length: length))\".", at: position)
    }
}
