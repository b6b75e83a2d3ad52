/// The text of one SQL statement, with `$1`, `$2`… where its parameters go.
///
/// A connection prepares it the first time it meets the text and finds it by the text from then on, so the text must be
/// one of the finitely many that the program holds. A value spliced into it would be prepared anew for every value, and
/// would be an injection besides: values are parameters.
package struct PreparedStatement: Hashable, Sendable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }
}

extension PreparedStatement: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) {
        self.init(text)
    }
}
