/// Reads a document.
///
/// It descends through the grammar over the bytes themselves: there is no token type. `position` is always where the
/// next token starts. Selections, values and types are read by loops, however deep they are nested.
///
/// Spec: 2 Language, Appendix: Grammar Summary
struct Parser: ~Copyable {
    let scanner: Scanner
    let limits: ParserLimits
    var nodes: NodeArrays
    /// Byte offset of the next token.
    private(set) var position: Int
    private var remainingTokens: Int

    /// What the document that `source` spells consists of.
    static func parse(_ source: Source, limits: ParserLimits) throws(SyntaxError) -> NodeArrays {
        try unsafe source.bytes.span.withUnsafeBufferPointer { (buffer) throws(SyntaxError) in
            // The bytes outlive the parser, which does not leave this closure.
            let bytes = unsafe PaddedBytes(UnsafeRawBufferPointer(buffer))
            var parser = Parser(Scanner(source, bytes: bytes), limits: limits)
            try parser.parseDocument()
            return parser.nodes
        }
    }

    private init(_ scanner: Scanner, limits: ParserLimits) {
        self.scanner = scanner
        self.limits = limits
        nodes = NodeArrays(scanner.source)
        position = scanner.skipIgnored(from: 0)
        remainingTokens = limits.maximumTokens
    }

    /// Document : Definition+
    private mutating func parseDocument() throws(SyntaxError) {
        repeat {
            try parseDefinition()
        } while !scanner.isEnd(position)
    }

    /// Definition : ExecutableDefinition | TypeSystemDefinition | TypeSystemExtension
    private mutating func parseDefinition() throws(SyntaxError) {
        let start = UInt32(position)
        if next("{") {
            return try parseOperation(.query, isShorthand: true, description: nil, offset: start)
        }
        let description = try parseDescription()
        guard let keyword = peekKeyword() else {
            throw misplacedDescription(description) ?? unexpected()
        }
        switch keyword {
        case .query: try parseOperation(.query, isShorthand: false, description: description, offset: start)
        case .mutation: try parseOperation(.mutation, isShorthand: false, description: description, offset: start)
        case .subscription:
            try parseOperation(.subscription, isShorthand: false, description: description, offset: start)
        case .fragment: try parseFragmentDefinition(description: description, offset: start)
        case .extend:
            guard description == nil else { throw misplacedDescription(description) ?? unexpected() }
            try skipName()
            guard let keyword = peekKeyword() else { throw unexpected() }
            try parseTypeSystemDefinition(keyword, isExtension: true, description: nil, offset: start)
        default: try parseTypeSystemDefinition(keyword, isExtension: false, description: description, offset: start)
        }
    }

    // MARK: Tokens

    /// Whether the next token is this punctuator.
    @inline(__always)
    func next(_ punctuator: Unicode.Scalar) -> Bool {
        scanner[position] == UInt8(ascii: punctuator)
    }

    /// Goes to the token behind `end`, where the current one ends.
    @inline(__always)
    mutating func advance(to end: Int) throws(SyntaxError) {
        remainingTokens -= 1
        guard remainingTokens >= 0 else {
            throw scanner.error("Document contains more than \(limits.maximumTokens) tokens.", at: position)
        }
        position = scanner.skipIgnored(from: end)
    }

    /// Takes a punctuator if it is next.
    @inline(__always)
    mutating func skip(_ punctuator: Unicode.Scalar) throws(SyntaxError) -> Bool {
        guard next(punctuator) else { return false }
        try advance(to: position + 1)
        return true
    }

    @inline(__always)
    mutating func expect(_ punctuator: Unicode.Scalar) throws(SyntaxError) {
        guard try skip(punctuator) else { throw expected("\"\(punctuator)\"") }
    }

    @inline(__always)
    mutating func parseName() throws(SyntaxError) -> NameNode {
        guard scanner.isNameStart(position) else { throw expected("Name") }
        let name = scanner.name(at: position)
        try advance(to: position + Int(name.length))
        return NameNode(id: nodes.names.intern(name), offset: name.offset)
    }

    /// The keyword that is the next token; nil when that is something else.
    func peekKeyword() -> Keyword? {
        guard scanner.isNameStart(position) else { return nil }
        return Keyword(scanner.name(at: position), in: scanner.source)
    }

    /// Takes the name that is known to be next.
    mutating func skipName() throws(SyntaxError) {
        try advance(to: position + Int(scanner.name(at: position).length))
    }

    mutating func skip(_ keyword: Keyword) throws(SyntaxError) -> Bool {
        guard scanner.isNameStart(position) else { return false }
        let name = scanner.name(at: position)
        guard Keyword(name, in: scanner.source) == keyword else { return false }
        try advance(to: position + Int(name.length))
        return true
    }

    mutating func expect(_ keyword: Keyword) throws(SyntaxError) {
        guard try skip(keyword) else { throw expected("\"\(keyword)\"") }
    }

    // MARK: Errors

    /// The error that the next token is not what the grammar asks for.
    func expected(_ description: String) -> SyntaxError {
        describingToken(at: position) { "Expected \(description), found \($0)." }
    }

    /// The error that the next token, or the one at `offset` before it, can't be there.
    func unexpected(at offset: Int? = nil) -> SyntaxError {
        describingToken(at: offset ?? position) { "Unexpected \($0)." }
    }

    /// The error that nesting exceeds the limit with the next token.
    func tooDeep() -> SyntaxError {
        scanner.error("Document is nested more than \(limits.maximumDepth) levels deep.", at: position)
    }

    /// When the next token is malformed, that is the error.
    private func describingToken(at offset: Int, _ message: (String) -> String) -> SyntaxError {
        do throws(SyntaxError) {
            _ = try scanner.describeToken(at: position)
            return scanner.error(message(try scanner.describeToken(at: offset)), at: offset)
        } catch {
            return error
        }
    }

    /// The error that a description stands before something that can't have one.
    func misplacedDescription(_ description: Index<ValueNode>?) -> SyntaxError? {
        guard let description else { return nil }
        let offset = Int(nodes.values[description.position].offset)
        if next("{") {
            let message = "Unexpected description, descriptions are not supported on shorthand queries."
            return scanner.error(message, at: offset)
        }
        guard scanner.isNameStart(position) else { return nil }
        return scanner.error("Unexpected description, only GraphQL definitions support descriptions.", at: offset)
    }
}
