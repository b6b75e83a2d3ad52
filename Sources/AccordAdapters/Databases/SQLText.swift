/// Names and texts as parts of a statement, where PostgreSQL takes no parameters.
///
/// Source: PostgreSQL documentation, "Lexical Structure".
enum SQLText {
    /// An identifier: a quotation mark inside is doubled.
    static func name(_ name: String) -> String { quoted(name, "\"") }

    /// A string constant, with `standard_conforming_strings` on, which is PostgreSQL's default.
    static func text(_ text: String) -> String { quoted(text, "'") }

    private static func quoted(_ text: String, _ mark: Character) -> String {
        let parts = text.split(separator: mark, omittingEmptySubsequences: false)
        return "\(mark)\(parts.joined(separator: "\(mark)\(mark)"))\(mark)"
    }
}
