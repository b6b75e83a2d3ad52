/// The header that makes a browser save a download under a name (RFC 6266).
package enum ContentDisposition {
    /// `attachment`, with the name twice: in plain ASCII for those who read nothing else, and as it is, in UTF-8
    /// (RFC 8187), which everybody else prefers.
    ///
    ///     attachment; filename="Vertrag _.pdf"; filename*=UTF-8''Vertrag%20%C3%BC.pdf
    package static func attachment(fileName: String) -> String {
        String(decoding: attachmentBytes(fileName: fileName), as: UTF8.self)
    }

    /// The same as bytes.
    static func attachmentBytes(fileName: String) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(fileName.utf8.count * 3 + 64)
        text.append(contentsOf: "attachment; filename=\"".utf8)
        text.append(contentsOf: asciiFallback(for: fileName).utf8)
        text.append(contentsOf: "\"; filename*=UTF-8''".utf8)
        text.append(uriEncoding: fileName)
        return text
    }

    /// The name with an underscore for each character that not all clients read alike in a quoted string: beyond ASCII,
    /// control characters, quotation mark and backslash, and the percent sign (RFC 6266 appendix D). A run of spaces
    /// becomes one, since stores differ in how they sign a header with such a run.
    private static func asciiFallback(for fileName: String) -> String {
        guard !isPlain(fileName) else { return fileName }
        let plain = fileName.map { character -> Character in
            guard let ascii = character.asciiValue, (0x20..<0x7F).contains(ascii) else { return "_" }
            return "\"\\%".contains(character) ? "_" : character
        }
        return plain.split(separator: " ").map { String($0) }.joined(separator: " ")
    }

    /// Whether a name is its own fallback, as most are.
    private static func isPlain(_ fileName: String) -> Bool {
        var last = UInt8(ascii: " ")
        for byte in fileName.utf8 {
            switch byte {
            case UInt8(ascii: " ") where last == UInt8(ascii: " "): return false
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "%"): return false
            case 0x20..<0x7F: last = byte
            default: return false
            }
        }
        return last != UInt8(ascii: " ")
    }
}
