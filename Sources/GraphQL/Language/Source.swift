/// The text of a document as UTF-8 bytes, with zero bytes behind it.
///
/// The padding ends every scan and lets a parser load whole words anywhere in the text without looking at the end.
///
/// Spec: 2.1 Source Text
package struct Source: Sendable {
    /// The number of zero bytes behind the text.
    static let padding = 16

    /// The text and its padding.
    package let bytes: ContiguousArray<UInt8>
    /// The length of the text in bytes, without the padding.
    package let count: Int

    package init(_ text: String) {
        self.init(unvalidated: text.utf8)
    }

    /// The text that `bytes` spell in UTF-8. Throws where they don't.
    package init(bytes: some Collection<UInt8>) throws(SyntaxError) {
        self.init(unvalidated: bytes)
        if let offset = firstInvalidByte { throw SyntaxError("Invalid UTF-8.", at: UInt32(offset), in: self) }
    }

    /// A copy of `text`, which may be anything; see `firstInvalidByte`.
    init(unvalidated text: some Collection<UInt8>) {
        var bytes = ContiguousArray<UInt8>()
        bytes.reserveCapacity(text.count + Source.padding)
        bytes.append(contentsOf: text)
        count = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: Source.padding))
        self.bytes = bytes
    }

    /// The offset of the first byte that breaks the rules of UTF-8; nil when none does.
    var firstInvalidByte: Int? {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span.extracting(first: count))
            return nil
        } catch {
            return error.byteOffsets.lowerBound
        }
    }

    /// The characters in a range of byte offsets that begins and ends between characters.
    package subscript(range: Range<UInt32>) -> String {
        String(decoding: bytes[Int(range.lowerBound)..<Int(range.upperBound)], as: UTF8.self)
    }

    /// Line and column of a byte offset, in time proportional to the offset.
    ///
    /// Lines end with `\n`, `\r` or `\r\n`. A column counts Unicode code points, a byte order mark among them.
    package func location(at offset: UInt32) -> SourceLocation {
        location(at: offset, from: SourceLocation(line: 1, column: 1), at: 0)
    }

    /// The same, reading from an earlier offset whose location is known.
    func location(at offset: UInt32, from start: SourceLocation, at startOffset: UInt32) -> SourceLocation {
        let end = max(min(Int(offset), count), Int(startOffset))
        var line = start.line
        var column = start.column
        for position in Int(startOffset)..<end {
            switch bytes[position] {
            case UInt8(ascii: "\n"),
                UInt8(ascii: "\r") where bytes[position + 1] != UInt8(ascii: "\n"):
                line += 1
                column = 1
            case 0x80..<0xC0:
                break  // Not the first byte of its character.
            default:
                column += 1
            }
        }
        return SourceLocation(line: line, column: column)
    }
}
