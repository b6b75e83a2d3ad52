/// Why a text is no JSON value that the parser accepts, and where.
package struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Byte offset in the text, counted from 0.
    package let offset: Int
    /// A sentence without its full stop.
    package let message: String

    package init(_ message: String, at offset: Int) {
        self.message = message
        self.offset = offset
    }

    package var description: String { "Invalid JSON: \(message) at byte \(offset)." }
}
