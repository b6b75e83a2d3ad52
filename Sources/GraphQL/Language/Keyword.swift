/// The names that the grammar gives a meaning to, where it expects them. A case is spelled like its name.
enum Keyword: CaseIterable {
    case query, mutation, subscription, fragment, on
    case schema, scalar, type, interface, union, `enum`, input, directive, extend
    case implements, repeatable
    case `true`, `false`, null

    /// The keyword that is spelled like a name of `source`.
    ///
    /// The first eight bytes tell keywords from each other and from most names; the last eight complete a longer one.
    @inline(__always)
    init?(_ name: HashedName, in source: Source) {
        guard let keyword = Keyword(firstWord: name.firstWord), keyword.length == name.length else { return nil }
        if name.length > 8 {
            guard source.bytes.word(at: Int(name.offset + name.length) - 8) == keyword.lastWord else { return nil }
        }
        self = keyword
    }

    private init?(firstWord: UInt64) {
        switch firstWord {
        case Keyword.word("query"): self = .query
        case Keyword.word("mutation"): self = .mutation
        case Keyword.word("subscrip"): self = .subscription
        case Keyword.word("fragment"): self = .fragment
        case Keyword.word("on"): self = .on
        case Keyword.word("schema"): self = .schema
        case Keyword.word("scalar"): self = .scalar
        case Keyword.word("type"): self = .type
        case Keyword.word("interfac"): self = .interface
        case Keyword.word("union"): self = .union
        case Keyword.word("enum"): self = .enum
        case Keyword.word("input"): self = .input
        case Keyword.word("directiv"): self = .directive
        case Keyword.word("extend"): self = .extend
        case Keyword.word("implemen"): self = .implements
        case Keyword.word("repeatab"): self = .repeatable
        case Keyword.word("true"): self = .true
        case Keyword.word("false"): self = .false
        case Keyword.word("null"): self = .null
        default: return nil
        }
    }

    /// The number of characters.
    var length: UInt32 {
        switch self {
        case .on: 2
        case .type, .enum, .true, .null: 4
        case .query, .union, .input, .false: 5
        case .schema, .scalar, .extend: 6
        case .mutation, .fragment: 8
        case .interface, .directive: 9
        case .implements, .repeatable: 10
        case .subscription: 12
        }
    }

    /// The last eight characters of one that is longer; zero for others.
    private var lastWord: UInt64 {
        switch self {
        case .subscription: Keyword.word("cription")
        case .interface: Keyword.word("nterface")
        case .directive: Keyword.word("irective")
        case .implements: Keyword.word("plements")
        case .repeatable: Keyword.word("peatable")
        default: 0
        }
    }

    /// Up to eight characters as `HashedName.firstWord` has them. Folds to a number when it is compiled.
    @inline(__always)
    private static func word(_ text: StaticString) -> UInt64 {
        var word: UInt64 = 0
        for position in 0..<text.utf8CodeUnitCount {
            word |= UInt64(unsafe text.utf8Start[position]) << UInt64(8 * position)
        }
        return word
    }
}
