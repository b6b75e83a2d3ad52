/// The names that the grammar gives a meaning to, where it expects them. A case is spelled like its name.
enum Keyword: UInt32, CaseIterable {
    case query, mutation, subscription, fragment, on
    case schema, scalar, type, interface, union, `enum`, input, directive, extend
    case implements, repeatable
    case `true`, `false`, null

    /// All keywords, numbered like the cases.
    private static let names: NameTable = {
        var names = NameTable()
        for keyword in allCases { names.insert("\(keyword)") }
        return names
    }()

    /// The keyword that is spelled like a name of `source`.
    init?(_ name: HashedName, in source: Source) {
        guard let id = Keyword.names.find(name, in: source.bytes) else { return nil }
        self.init(rawValue: id.rawValue)
    }
}
