/// Words messages as the cases' oracle does.
///
/// The engine's messages are those of graphql-js, which quotes names as `"name"`; graphql-core quotes them as `'name'`.
/// Values stay as they are written.
enum OracleWording {
    /// A message with its names in single quotes.
    static func adapted(_ message: String) -> String {
        message.hasPrefix("Syntax Error: ") ? adaptedSyntaxError(message) : adaptedSentence(message)
    }

    /// What follows one of these is a value, up to one of `ends`.
    private static let beginnings = [" value: ", ", found ", "invalid value "]
    private static let ends = ["; ", " at \"", ". Did you mean", " Did you mean"]

    private static func adaptedSentence(_ message: String) -> String {
        var result = ""
        var rest = message[...]
        while let value = firstRange(of: beginnings, in: rest) {
            result += requoted(rest[..<value.upperBound])
            rest = rest[value.upperBound...]
            let end = firstRange(of: ends, in: rest)?.lowerBound ?? rest.endIndex
            result += rest[..<end]
            rest = rest[end...]
        }
        return result + requoted(rest)
    }

    /// What was found stands in one pair of quotes, whatever it holds.
    private static func adaptedSyntaxError(_ message: String) -> String {
        if message.contains("did you mean to use a double quote") { return message }
        let found = firstRange(of: [", found ", "but got: ", "sequence: "], in: message[...])?.upperBound
        let start = found ?? message.startIndex
        let text = message[start...]
        guard let first = text.firstIndex(of: "\""), let last = text.lastIndex(of: "\""), first != last else {
            return requoted(message[...])
        }
        return requoted(message[..<start]) + text[..<first] + "'" + text[text.index(after: first)..<last] + "'"
            + text[text.index(after: last)...]
    }

    private static func requoted(_ text: Substring) -> String {
        String(text.map { $0 == "\"" ? "'" : $0 })
    }

    /// Where the first of several texts stands.
    private static func firstRange(of texts: [String], in text: Substring) -> Range<Substring.Index>? {
        texts.compactMap { text.firstRange(of: $0) }.min { $0.lowerBound < $1.lowerBound }
    }
}
