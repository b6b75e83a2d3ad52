extension Document {
    /// Parses a document: executable definitions, type-system definitions and extensions, in any mixture.
    ///
    /// Takes time and memory in proportion to the text, and no more of the stack for deep nesting. Throws the first
    /// mistake, or the first limit that is exceeded.
    ///
    /// Spec: 2.2 Document
    package convenience init(
        parsing text: String,
        limits: ParserLimits = ParserLimits()
    ) throws(SyntaxError) {
        guard text.utf8.count <= limits.maximumBytes else { throw Document.tooLong(limits) }
        try self.init(parsing: Source(text), limits: limits)
    }

    /// Parses a document given in UTF-8.
    package convenience init(
        parsing bytes: some Collection<UInt8>,
        limits: ParserLimits = ParserLimits()
    ) throws(SyntaxError) {
        guard bytes.count <= limits.maximumBytes else { throw Document.tooLong(limits) }
        try self.init(parsing: Source(bytes: bytes), limits: limits)
    }

    private convenience init(parsing source: Source, limits: ParserLimits) throws(SyntaxError) {
        self.init(source: source, nodes: try Parser.parse(source, limits: limits))
    }

    private static func tooLong(_ limits: ParserLimits) -> SyntaxError {
        SyntaxError("Document is longer than \(limits.maximumBytes) bytes.", at: 0, in: Source(""))
    }
}
