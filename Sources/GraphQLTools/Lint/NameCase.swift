/// How words are written together in a name.
enum NameCase: String {
    case pascal = "PascalCase"
    case camel = "camelCase"
    case upper = "UPPER_CASE"

    func accepts(_ name: String) -> Bool {
        guard let first = name.utf8.first else { return false }
        switch self {
        case .pascal: return first.isUpper && !name.contains("_")
        case .camel: return first.isLower && !name.contains("_")
        case .upper:
            return first.isUpper && !name.utf8.contains(where: \.isLower) && !name.contains("__")
                && !name.hasSuffix("_")
        }
    }

    /// The words of a name, written in this way.
    func rewritten(_ name: String) -> String {
        let words = Self.words(of: name)
        switch self {
        case .pascal: return words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        case .camel:
            let rest = words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
            return (words.first ?? "") + rest.joined()
        case .upper: return words.map { $0.uppercased() }.joined(separator: "_")
        }
    }

    /// The words in lower case: they end at underscores, and before a capital letter that begins another.
    private static func words(of name: String) -> [String] {
        var words: [String] = []
        var word = ""
        let characters = Array(name.utf8)
        for (position, character) in characters.enumerated() {
            let isBoundary =
                position > 0 && character.isUpper
                && (!characters[position - 1].isUpper
                    || position + 1 < characters.count && characters[position + 1].isLower)
            if character == UInt8(ascii: "_") || isBoundary, !word.isEmpty {
                words.append(word.lowercased())
                word = ""
            }
            if character != UInt8(ascii: "_") { word.unicodeScalars.append(Unicode.Scalar(character)) }
        }
        return word.isEmpty ? words : words + [word.lowercased()]
    }
}

extension UInt8 {
    fileprivate var isUpper: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
    fileprivate var isLower: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
}
