// The standard library's own normalizer. It is SPI, but the one swift-foundation itself uses; the only public
// function that does this on Linux is in the full Foundation, which brings 40 MB of ICU with it.
@_spi(_Unicode) import Swift

/// The name of an agreement's file: what the client sent, made safe.
///
/// Always the last path component (for both `/` and `\`), in Unicode Normalization Form C, without characters that
/// control a terminal, a header or the direction of text, at most 255 code points long (the column is
/// `varchar(255)`, which counts those), never empty and never `.` or `..`.
package struct FileName: Hashable, Sendable, CustomStringConvertible {
    /// The safe name.
    package let description: String

    /// The most code points in a name.
    package static let maximumLength = 255

    /// Makes a client's name safe. A name of which nothing remains becomes `agreement.pdf`.
    package init(_ suggestion: String) {
        var name = String.UnicodeScalarView()
        for scalar in suggestion.unicodeScalars {
            if scalar == "/" || scalar == "\\" {
                name = String.UnicodeScalarView()
            } else if !Self.isControl(scalar) {
                name.append(scalar)
            }
        }
        // Normalized after the removal, which can bring characters together that combine.
        let normalized = String.UnicodeScalarView(String(name)._nfc)
        let whole = Self.trimmed(String(normalized))
        let cut = Self.cut(whole, codePoints: Self.maximumLength, bytes: .max)
        description = ["", ".", ".."].contains(cut) ? "agreement.pdf" : cut
    }

    /// The name, cut to limits of code points and of bytes of UTF-8 at once, with its extension kept.
    func cut(codePoints: Int, bytes: Int) -> String {
        Self.cut(description, codePoints: codePoints, bytes: bytes)
    }

    /// Whether a character is one of C0, DEL or C1, breaks lines, turns the direction of text (a way to make
    /// `cod.exe` look like `exe.doc`: Unicode Standard Annex 9 §2.1, §2.2 and §2.7), or is none at all.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069: true
        default: scalar.properties.isNoncharacterCodePoint
        }
    }

    private static func trimmed(_ text: String) -> String {
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
            let last = text.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(text[first...last])
    }

    /// Cuts the stem, between characters as people see them; an extension (of at most 16 characters) stays.
    private static func cut(_ name: String, codePoints: Int, bytes: Int) -> String {
        func fits(_ text: some StringProtocol) -> Bool {
            text.unicodeScalars.count <= codePoints && text.utf8.count <= bytes
        }
        guard !fits(name) else { return name }
        var suffix: Substring = ""
        if let dot = name.lastIndex(of: "."), dot != name.startIndex, name[dot...].count <= 17, fits(name[dot...]) {
            suffix = name[dot...]
        }
        let stem = name.dropLast(suffix.count)
        var length = (codePoints: suffix.unicodeScalars.count, bytes: suffix.utf8.count)
        var end = stem.startIndex
        for index in stem.indices {
            length.codePoints += stem[index].unicodeScalars.count
            length.bytes += stem[index].utf8.count
            guard length.codePoints <= codePoints, length.bytes <= bytes else { break }
            end = stem.index(after: index)
        }
        return trimmed(String(stem[..<end])) + suffix
    }
}
