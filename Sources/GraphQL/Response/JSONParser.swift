/// Reads JSON strictly: one value, nothing behind it, no leniency.
///
/// - Objects keep the order of their members. A name that occurs twice in an object is an error; names are equal
///   when their characters are, whatever their escape sequences.
/// - Integers that fit 64 bits become `.int`, others `.bigInteger`; all other numbers `.float`, `1.0` among them. A
///   number beyond the range of `Double` is an error.
/// - An escaped surrogate without its partner is an error, as is anything that is not UTF-8, and a byte order mark.
///
/// RFC 8259
package struct JSONParser {
    private let bytes: ContiguousArray<UInt8>
    private let count: Int
    private let maximumDepth: Int
    private var position = 0

    /// The value that `bytes` spell in UTF-8.
    ///
    /// The parser recurses as deep as arrays and objects are nested, and throws when that exceeds `maximumDepth`.
    package static func parse(
        _ bytes: some Collection<UInt8>,
        maximumDepth: Int = 128
    ) throws(JSONError) -> Value {
        let source = Source(unvalidated: bytes)
        if let offset = source.firstInvalidByte { throw JSONError("Invalid UTF-8", at: offset) }
        var parser = JSONParser(bytes: source.bytes, count: source.count, maximumDepth: maximumDepth)
        let value = try parser.parseValue(depth: 0)
        guard parser.position == parser.count else { throw parser.expected("the end") }
        return value
    }

    private init(bytes: ContiguousArray<UInt8>, count: Int, maximumDepth: Int) {
        self.bytes = bytes
        self.count = count
        self.maximumDepth = maximumDepth
    }

    /// Reads a value and the white space around it, `depth` levels below the outermost.
    private mutating func parseValue(depth: Int) throws(JSONError) -> Value {
        skipWhiteSpace()
        let value: Value
        switch bytes[position] {
        case UInt8(ascii: "{"): value = .object(try parseObject(depth: depth + 1))
        case UInt8(ascii: "["): value = .list(try parseArray(depth: depth + 1))
        case UInt8(ascii: "\""): value = .string(try parseString())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): value = try parseNumber()
        case UInt8(ascii: "t"): value = try parseWord("true", .boolean(true))
        case UInt8(ascii: "f"): value = try parseWord("false", .boolean(false))
        case UInt8(ascii: "n"): value = try parseWord("null", .null)
        default: throw expected("a value")
        }
        skipWhiteSpace()
        return value
    }

    /// object = begin-object [ member *( value-separator member ) ] end-object
    private mutating func parseObject(depth: Int) throws(JSONError) -> [ObjectField] {
        try checkDepth(depth)
        position += 1
        skipWhiteSpace()
        if skip("}") { return [] }
        var fields: [ObjectField] = []
        var names = MemberNames()
        repeat {
            skipWhiteSpace()
            guard bytes[position] == UInt8(ascii: "\"") else { throw expected("a member's name") }
            let start = position
            let name = try parseString()
            guard names.insert(name, behind: fields) else { throw JSONError("Duplicate member name", at: start) }
            skipWhiteSpace()
            guard skip(":") else { throw expected("\":\"") }
            fields.append(ObjectField(name, try parseValue(depth: depth)))
        } while skip(",")
        guard skip("}") else { throw expected("\",\" or \"}\"") }
        return fields
    }

    /// array = begin-array [ value *( value-separator value ) ] end-array
    private mutating func parseArray(depth: Int) throws(JSONError) -> [Value] {
        try checkDepth(depth)
        position += 1
        skipWhiteSpace()
        if skip("]") { return [] }
        var items: [Value] = []
        repeat {
            items.append(try parseValue(depth: depth))
        } while skip(",")
        guard skip("]") else { throw expected("\",\" or \"]\"") }
        return items
    }

    /// string = quotation-mark *char quotation-mark
    private mutating func parseString() throws(JSONError) -> String {
        let start = position
        position += 1
        while bytes[position] != UInt8(ascii: "\"") {
            switch bytes[position] {
            case UInt8(ascii: "\\"): try skipEscapeSequence()
            case 0 where position == count: throw JSONError("Unterminated string", at: start)
            case 0..<0x20: throw JSONError("Control character in a string", at: position)
            default: position += 1
            }
        }
        position += 1
        return StringLiteral.stringValue(start + 1..<position - 1, in: bytes)
    }

    private mutating func skipEscapeSequence() throws(JSONError) {
        if let (_, length) = EscapeSequence.fixedWidth(in: bytes, at: position) {
            position += length
        } else if EscapeSequence.character(bytes[position + 1]) != nil {
            position += 2
        } else {
            throw JSONError("Invalid escape sequence", at: position)
        }
    }

    /// number = [ minus ] int [ frac ] [ exp ]
    private mutating func parseNumber() throws(JSONError) -> Value {
        let start = position
        _ = skip("-")
        if !skip("0") { try skipDigits() }
        if skip(".") { try skipDigits() }
        if skip("e") || skip("E") {
            _ = skip("+") || skip("-")
            try skipDigits()
        }
        let value = Value.number(String(decoding: bytes[start..<position], as: UTF8.self))
        let isInRange =
            switch value {
            case .float(let number): number.isFinite
            case .bigInteger(let digits): Double(digits)?.isFinite ?? false
            default: true
            }
        guard isInRange else { throw JSONError("Number out of range", at: start) }
        return value
    }

    private mutating func skipDigits() throws(JSONError) {
        let start = position
        while bytes[position] &- UInt8(ascii: "0") < 10 { position += 1 }
        guard position > start else { throw expected("a digit") }
    }

    private mutating func parseWord(_ word: String, _ value: Value) throws(JSONError) -> Value {
        guard bytes[position..<position + word.utf8.count].elementsEqual(word.utf8) else { throw expected("a value") }
        position += word.utf8.count
        return value
    }

    private mutating func skipWhiteSpace() {
        while true {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): position += 1
            default: return
            }
        }
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private func checkDepth(_ depth: Int) throws(JSONError) {
        guard depth <= maximumDepth else {
            throw JSONError("Nested more than \(maximumDepth) levels deep", at: position)
        }
    }

    private func expected(_ description: String) -> JSONError {
        JSONError(
            position < count ? "Expected \(description)" : "Expected \(description), but the text ends", at: position)
    }
}

/// The names of an object's members so far: those of the few that most objects have are compared, not hashed.
private struct MemberNames {
    private static let few = 8
    private var names: Set<Spelling> = []

    /// Adds the name of the member behind `fields`; false when one of them has it.
    mutating func insert(_ name: String, behind fields: [ObjectField]) -> Bool {
        guard fields.count >= Self.few else { return !fields.contains { $0.name.hasSpelling(of: name) } }
        if names.isEmpty { for field in fields { names.insert(Spelling(field.name)) } }
        return names.insert(Spelling(name)).inserted
    }
}
