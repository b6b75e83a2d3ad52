/// What a document, an operation and a response may cost at most.
///
/// Every limit has a default. Nil switches one off; those that protect the stack, and the width of offsets, then have
/// the largest value that is safe. What exceeds a limit is refused with an error of its own, which names the limit and,
/// where that is cheap, what was found.
package struct Limits: Hashable, Sendable {
    // MARK: Documents

    /// The longest document, in bytes of UTF-8. Off: 2 GiB.
    package var sourceBytes: Int? = 1 << 20
    /// The most tokens of a document; white space, commas and comments don't count.
    package var tokens: Int? = 100_000
    /// The deepest nesting of selection sets, of lists and objects in a value, and of lists in a type, in levels.
    /// Off: `maximumDepth`.
    package var nestingDepth: Int? = 200
    /// The most directives in one place, such as a field or an operation.
    package var directivesPerPlace: Int? = 20
    /// The most errors that validation reports; one more says that there were more.
    package var validationErrors: Int? = 100
    /// The most lists of `fields`, `interfaces`, `possibleTypes` and `inputFields` within each other, in introspection.
    package var introspectionDepth: Int? = 2

    // MARK: Operations, fragments expanded

    /// The deepest nesting of fields, in levels: `{ a { b } }` has two. Off: `maximumDepth`.
    package var selectionDepth: Int? = 200
    /// The most fields; those of a fragment count for each spread.
    package var fields: Int? = 20_000
    /// The most fields with an alias; those of a fragment count for each spread.
    package var aliases: Int? = 1_000
    /// The most fields of the root object, equal response names counting once.
    package var rootFields: Int? = 100
    /// The largest cost; see `Complexity`.
    package var complexity: Int? = 100_000

    // MARK: Responses

    /// The most fields of all objects in a response: equal selections share a plan, so a small plan may unfold into much.
    package var responseFields: Int? = 1_000_000
    /// The longest response, in bytes, about: looked at before each object.
    package var responseBytes: Int? = 64 << 20

    /// The deepest nesting, whatever is asked for: planning and execution recurse as deep as fields are nested, and
    /// coercion as deep as values are.
    package static let maximumDepth = 500

    /// Makes the default limits.
    package init() {}

    /// Every limit off that may be.
    package static let off: Limits = {
        var limits = Limits()
        limits.sourceBytes = nil
        limits.tokens = nil
        limits.nestingDepth = nil
        limits.directivesPerPlace = nil
        limits.validationErrors = nil
        limits.introspectionDepth = nil
        limits.selectionDepth = nil
        limits.fields = nil
        limits.aliases = nil
        limits.rootFields = nil
        limits.complexity = nil
        limits.responseFields = nil
        limits.responseBytes = nil
        return limits
    }()

    /// The part that the parser takes.
    package var parser: ParserLimits {
        ParserLimits(
            maximumBytes: sourceBytes ?? .max, maximumTokens: tokens ?? .max,
            maximumDepth: min(nestingDepth ?? .max, Self.maximumDepth))
    }
}
