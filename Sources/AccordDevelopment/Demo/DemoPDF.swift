/// A small but genuine PDF: one A4 page with a title and lines of text, in a font every reader has.
///
/// ISO 32000-1 §7.5: header, objects, cross-reference table with the byte offset of each object, trailer.
package struct DemoPDF: Sendable {
    /// Shown large, and as the document's title. Characters outside of Latin-1 become question marks.
    package var title: String
    /// The text below the title.
    package var lines: [String]

    package init(title: String, lines: [String] = []) {
        self.title = title
        self.lines = lines
    }

    /// The file.
    package var bytes: [UInt8] {
        let page = content
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            """
            << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
            /Resources << /Font << /F1 5 0 R >> >> >>
            """,
            "<< /Length \(page.utf8.count) >>\nstream\n\(page)\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            "<< /Title \(Self.literal(title)) /Producer (Accord) >>",
        ]
        // The comment's four bytes above 127 tell programs that the file is binary (§7.5.2).
        var file = Array("%PDF-1.7\n%".utf8) + [0xE2, 0xE3, 0xCF, 0xD3, 0x0A]
        var table = "0000000000 65535 f \n"
        for (number, object) in objects.enumerated() {
            table += "\(Self.padded(file.count)) 00000 n \n"
            file += Array("\(number + 1) 0 obj\n\(object)\nendobj\n".utf8)
        }
        let start = file.count
        let size = objects.count + 1
        file += Array("xref\n0 \(size)\n\(table)trailer\n<< /Size \(size) /Root 1 0 R /Info 6 0 R >>\n".utf8)
        file += Array("startxref\n\(start)\n%%EOF\n".utf8)
        return file
    }

    /// The page's drawing instructions. Spec: ISO 32000-1 §9.4
    private var content: String {
        let text = lines.map { "\(Self.literal($0)) Tj T*" }.joined(separator: "\n")
        return "BT /F1 20 Tf 72 750 Td \(Self.literal(title)) Tj\n/F1 11 Tf 16 TL 0 -36 Td\n\(text)\nET"
    }

    /// A literal string in ASCII: what isn't plain text is written as an octal code (§7.3.4.2).
    private static func literal(_ text: String) -> String {
        var result = "("
        for scalar in text.unicodeScalars {
            switch scalar {
            case "(", ")", "\\": result += "\\\(scalar)"
            case " "..."~": result.unicodeScalars.append(scalar)
            case "\u{A0}"..."\u{FF}": result += "\\" + String(scalar.value, radix: 8)
            default: result += "?"
            }
        }
        return result + ")"
    }

    /// Ten digits, as every entry of the cross-reference table has (§7.5.4).
    private static func padded(_ offset: Int) -> String {
        let digits = String(offset)
        return String(repeating: "0", count: 10 - digits.count) + digits
    }
}
