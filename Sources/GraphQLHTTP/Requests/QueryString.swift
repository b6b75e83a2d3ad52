/// The parameters of a URL's query, decoded.
///
/// WHATWG URL: application/x-www-form-urlencoded parsing
struct QueryString: Sendable {
    private var values: [String: String] = [:]

    /// Reads `name=value&…`; throws for a parameter that occurs twice or is no UTF-8.
    init(_ text: String?) throws(HTTPRefusal) {
        guard let text else { return }
        for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
            let name = pair.prefix { $0 != UInt8(ascii: "=") }
            let value = pair.dropFirst(name.count + 1)
            guard let name = Self.decode(name), let value = Self.decode(value) else {
                throw .badRequest("The URL's query is not percent-encoded UTF-8.")
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw .badRequest("The parameter \"\(name)\" occurs twice in the URL.")
            }
        }
    }

    /// The value of parameter `name`; nil when it is missing or empty.
    subscript(name: String) -> String? {
        values[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func decode(_ text: Substring.UTF8View) -> String? {
        String(validating: percentDecoded(text, plusIsSpace: true), as: UTF8.self)
    }
}

/// The bytes that `%XX` sequences stand for; a `%` without two hexadecimal digits stays as it is.
///
/// RFC 3986 §2.1
func percentDecoded(_ text: some Sequence<UInt8>, plusIsSpace: Bool = false) -> [UInt8] {
    let source = Array(text)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(source.count)
    var index = 0
    while index < source.count {
        let byte = source[index]
        if byte == UInt8(ascii: "%"), index + 2 < source.count,
            let high = hexadecimalValue(source[index + 1]), let low = hexadecimalValue(source[index + 2])
        {
            bytes.append(high << 4 | low)
            index += 3
        } else {
            bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            index += 1
        }
    }
    return bytes
}

private func hexadecimalValue(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
}
