extension SchemaCoordinate {
    /// Reads a coordinate. White space and comments are no part of one, not even at its ends.
    ///
    /// - Throws: the first mistake.
    ///
    /// Spec: 3.14 Schema Coordinates, Syntax
    package init(parsing text: String) throws(SyntaxError) {
        var parser = SchemaCoordinateParser(Source(text))
        self = try parser.parse()
    }
}

/// SchemaCoordinateToken ::
///   - SchemaCoordinatePunctuator
///   - Name
///
/// SchemaCoordinatePunctuator :: one of ( ) . : @
private struct SchemaCoordinateParser {
    private enum Token: Equatable {
        case name(String)
        case punctuator(Unicode.Scalar)
        case end

        /// As an error message shows it.
        var description: String {
            switch self {
            case .name(let name): "Name \"\(name)\""
            case .punctuator(let character): "\"\(character)\""
            case .end: "<EOF>"
            }
        }
    }

    private let source: Source
    /// The next token, where it begins and where it ends.
    private var token = Token.end
    private var start = 0
    private var end = 0

    init(_ source: Source) { self.source = source }

    /// SchemaCoordinate :
    ///   - TypeCoordinate
    ///   - MemberCoordinate
    ///   - ArgumentCoordinate
    ///   - DirectiveCoordinate
    ///   - DirectiveArgumentCoordinate
    mutating func parse() throws(SyntaxError) -> SchemaCoordinate {
        try advance()
        let coordinate = token == .punctuator("@") ? try parseDirective() : try parseType()
        guard token == .end else { throw expected(.end) }
        return coordinate
    }

    /// TypeCoordinate : Name
    ///
    /// MemberCoordinate : Name . Name
    ///
    /// ArgumentCoordinate : Name . Name ( Name : )
    private mutating func parseType() throws(SyntaxError) -> SchemaCoordinate {
        let type = try parseName()
        guard token == .punctuator(".") else { return .type(type) }
        try advance()
        let member = try parseName()
        guard let argument = try parseArgument() else { return .member(type: type, name: member) }
        return .argument(type: type, field: member, name: argument)
    }

    /// DirectiveCoordinate : @ Name
    ///
    /// DirectiveArgumentCoordinate : @ Name ( Name : )
    private mutating func parseDirective() throws(SyntaxError) -> SchemaCoordinate {
        try expect(.punctuator("@"))
        let directive = try parseName()
        guard let argument = try parseArgument() else { return .directive(directive) }
        return .directiveArgument(directive: directive, name: argument)
    }

    /// ( Name : )
    private mutating func parseArgument() throws(SyntaxError) -> String? {
        guard token == .punctuator("(") else { return nil }
        try advance()
        let name = try parseName()
        try expect(.punctuator(":"))
        try expect(.punctuator(")"))
        return name
    }

    private mutating func parseName() throws(SyntaxError) -> String {
        guard case .name(let name) = token else {
            throw SyntaxError("Expected Name, found \(token.description).", at: UInt32(start), in: source)
        }
        try advance()
        return name
    }

    private mutating func expect(_ expected: Token) throws(SyntaxError) {
        guard token == expected else { throw self.expected(expected) }
        try advance()
    }

    private func expected(_ expected: Token) -> SyntaxError {
        SyntaxError(
            "Expected \(expected.description), found \(token.description).", at: UInt32(start), in: source)
    }

    /// Reads the next token.
    private mutating func advance() throws(SyntaxError) {
        start = end
        guard start < source.count else {
            token = .end
            return
        }
        let byte = source.bytes[start]
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "@"):
            end += 1
            token = .punctuator(Unicode.Scalar(byte))
        case _ where byte.isNameStart:
            while source.bytes[end].isNameContinue { end += 1 }
            token = .name(source[UInt32(start)..<UInt32(end)])
        default:
            let rest = String(decoding: source.bytes[start..<source.count], as: UTF8.self)
            let character = rest.unicodeScalars.first ?? "\u{FFFD}"
            throw SyntaxError("Invalid character: \(character.shown).", at: UInt32(start), in: source)
        }
    }
}

extension UInt8 {
    /// NameStart :: Letter | `_`. Spec: 2.1.9 Names
    fileprivate var isNameStart: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        default: false
        }
    }

    /// NameContinue :: Letter | Digit | `_`. Spec: 2.1.9 Names
    fileprivate var isNameContinue: Bool { isNameStart || self &- UInt8(ascii: "0") < 10 }
}

extension Unicode.Scalar {
    /// The character in quotes, or its code point where it can't be seen.
    fileprivate var shown: String {
        if self == "\"" { return "'\"'" }
        if (" "..."~").contains(self) { return "\"\(self)\"" }
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
