/// A text that is compared byte by byte, as names are.
///
/// Swift compares strings as Unicode does: the Kelvin sign equals the letter K, and `é` equals an `e` with an accent
/// behind it. To GraphQL and JSON these are different texts.
struct Spelling: Sendable {
    let text: String

    init(_ text: String) { self.text = text }
}

extension Spelling: Hashable {
    static func == (left: Spelling, right: Spelling) -> Bool { left.text.hasSpelling(of: right.text) }

    /// Not the text's own hash: a client could send many texts that differ, but not to Swift.
    func hash(into hasher: inout Hasher) {
        var text = text
        // The bytes are only read, before the closure returns.
        text.withUTF8 { bytes in unsafe hasher.combine(bytes: UnsafeRawBufferPointer(bytes)) }
    }
}

extension String {
    /// Whether both have the same bytes.
    ///
    /// By words: byte by byte, a hit of the plan cache on 600 bytes took more than twice as long.
    func hasSpelling(of other: String) -> Bool {
        let (left, right) = (utf8Span.span, other.utf8Span.span)
        let count = left.count
        guard right.count == count else { return false }
        var position = 0
        var difference: UInt64 = 0
        while position + 8 <= count {
            // Inside both: they were just found to have eight bytes from `position`.
            difference |=
                unsafe left.bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
                ^ right.bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
            position += 8
        }
        while position < count {
            difference |= UInt64(left[position] ^ right[position])
            position += 1
        }
        return difference == 0
    }
}
