/// What the headers of a part say.
///
/// RFC 7578 §4
struct PartHeaders: Hashable, Sendable {
    /// The form field's name; nil when the part has none.
    let name: String?
    /// The name of the file as the client sent it; nil when the part has none.
    let fileName: String?
    /// The media type; nil when the part has none.
    let contentType: String?

    /// Makes headers of what they say.
    init(name: String?, fileName: String? = nil, contentType: String? = nil) {
        self.name = name
        self.fileName = fileName
        self.contentType = contentType
    }

    /// Reads a header block, without the empty line at its end.
    init(_ block: ArraySlice<UInt8>) throws(MultipartError) {
        var disposition: ContentDisposition?
        var contentType: String?
        for (name, value) in try Self.fields(block) {
            switch name {
            case "content-disposition":
                guard let parsed = ContentDisposition(value) else { throw .malformedHeaders }
                disposition = parsed
            case "content-type":
                contentType = value
            case "content-transfer-encoding":
                // RFC 7578 §4.7 deprecates the header; a body in base64 would be taken for the file itself.
                guard ["7bit", "8bit", "binary"].contains(value.lowercased()) else {
                    throw .unsupportedEncoding(value)
                }
            default:
                break
            }
        }
        self.init(name: disposition?.name, fileName: disposition?.fileName, contentType: contentType)
    }

    /// The fields with their names in lower case; a line that begins with white space continues the one before.
    private static func fields(_ block: ArraySlice<UInt8>) throws(MultipartError) -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        for line in text(block).split(separator: "\r\n") {
            if line.first == " " || line.first == "\t" {
                guard !fields.isEmpty else { throw .malformedHeaders }
                fields[fields.count - 1].value += " " + trimmed(line)
                continue
            }
            guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else { throw .malformedHeaders }
            fields.append((line[..<colon].lowercased(), trimmed(line[line.index(after: colon)...])))
        }
        return fields
    }

    /// UTF-8, as browsers send it, or else Latin 1, as old clients do.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(validating: bytes, as: UTF8.self) ?? latin1(bytes)
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}

/// The text whose Unicode code points are the values of `bytes`.
func latin1(_ bytes: some Sequence<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(Unicode.Scalar(byte)) }
    return String(text)
}
