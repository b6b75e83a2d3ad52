/// What a text may cost at most before the parser gives up on it with a `SyntaxError`.
package struct ParserLimits: Hashable, Sendable {
    /// The longest text, in bytes of UTF-8; never more than 2 GiB.
    package let maximumBytes: Int
    /// The most tokens; ignored ones, such as white space, commas and comments, don't count.
    package let maximumTokens: Int
    /// The deepest nesting of selection sets, of lists and objects in a value, and of lists in a type. The parser
    /// itself needs no stack for them, but what comes after it may.
    package let maximumDepth: Int

    package init(maximumBytes: Int = 1 << 20, maximumTokens: Int = 100_000, maximumDepth: Int = 200) {
        self.maximumBytes = min(maximumBytes, Int(Int32.max))
        self.maximumTokens = maximumTokens
        self.maximumDepth = maximumDepth
    }

    /// For texts of our own, such as the schema: as long as they like.
    package static let trusted = ParserLimits(maximumBytes: .max, maximumTokens: .max)
}
