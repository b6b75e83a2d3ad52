/// The field's and the file's name in a `Content-Disposition` header of a part.
///
/// RFC 7578 §4.2, RFC 6266 §4.3
struct ContentDisposition: Hashable, Sendable {
    let name: String?
    /// As the client sent it: it may hold a path, control characters, or nothing.
    let fileName: String?

    /// Nil when `text` is no well-formed `form-data` value.
    init?(_ text: String) {
        guard let header = ParameterizedHeader(text), header.value == "form-data" else { return nil }
        name = header["name"].map(Self.browserDecoded)
        fileName =
            header["filename*"].flatMap(Self.extendedValue)
            ?? Self.continuedValue(of: "filename", in: header)
            ?? header["filename"].map(Self.fileName)
    }

    /// Undoes the percent-encoding of a `filename` within quotes.
    ///
    /// Browsers encode `"` and line ends and nothing else. Some libraries (aiohttp) encode everything that is not
    /// allowed in a URL, which shows in a name that holds nothing that such an encoding would have left out.
    private static func fileName(_ text: String) -> String {
        if text.utf8.allSatisfy(isUnreservedOrPercent),
            let decoded = String(validating: percentDecoded(text.utf8), as: UTF8.self)
        {
            return decoded
        }
        return browserDecoded(text)
    }

    /// HTML Standard: multipart/form-data encoding algorithm, escape a name
    private static func browserDecoded(_ text: String) -> String {
        text.replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
    }

    private static func isUnreservedOrPercent(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            "%-._~".utf8.contains(byte)
        }
    }

    /// `UTF-8'en'%e2%82%ac.pdf`; nil for another charset than UTF-8 and ISO-8859-1.
    ///
    /// RFC 8187 §3.2.1
    private static func extendedValue(_ text: String) -> String? {
        let parts = text.utf8.split(separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        let bytes = percentDecoded(parts[2])
        switch String(decoding: parts[0], as: UTF8.self).lowercased() {
        case "utf-8": return String(validating: bytes, as: UTF8.self)
        case "iso-8859-1": return latin1(bytes)
        default: return nil
        }
    }

    private static let maximumSections = 64

    /// `filename*0="a long "; filename*1*=%2e.pdf`, put together.
    ///
    /// RFC 2231 §3, §4.1
    private static func continuedValue(of name: String, in header: ParameterizedHeader) -> String? {
        var charset = "utf-8"
        var bytes: [UInt8] = []
        for section in 0..<Self.maximumSections {
            if let plain = header["\(name)*\(section)"] {
                bytes += plain.utf8
            } else if let extended = header["\(name)*\(section)*"] {
                let parts = extended.utf8.split(
                    separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
                if section == 0 {
                    guard parts.count == 3 else { return nil }
                    charset = String(decoding: parts[0], as: UTF8.self).lowercased()
                }
                bytes += percentDecoded(section == 0 ? parts[2] : extended.utf8[...])
            } else if section == 0 {
                return nil
            } else {
                break
            }
        }
        return charset == "iso-8859-1" ? latin1(bytes) : String(validating: bytes, as: UTF8.self)
    }
}
