extension String {
    /// Percent-encodes all but RFC 3986's unreserved characters, byte by byte, with upper-case digits.
    ///
    /// AWS Signature Version 4: UriEncode(). A space is `%20`, never `+`.
    ///
    /// - Parameter keepingSlashes: For an object key in a path.
    /// - Returns: ASCII only.
    package func uriEncoded(keepingSlashes: Bool = false) -> String {
        guard !utf8.allSatisfy({ $0.isUnreserved || (keepingSlashes && $0 == UInt8(ascii: "/")) }) else { return self }
        var encoded: [UInt8] = []
        encoded.reserveCapacity(utf8.count * 3)
        for byte in utf8 {
            if byte.isUnreserved || (keepingSlashes && byte == UInt8(ascii: "/")) {
                encoded.append(byte)
            } else {
                encoded.append(UInt8(ascii: "%"))
                encoded.append(Self.upperCaseDigits[Int(byte >> 4)])
                encoded.append(Self.upperCaseDigits[Int(byte & 15)])
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    private static let upperCaseDigits = Array("0123456789ABCDEF".utf8)
}

extension UInt8 {
    /// RFC 3986 §2.3: `unreserved = ALPHA / DIGIT / "-" / "." / "_" / "~"`
    fileprivate var isUnreserved: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}

extension Sequence<UInt8> {
    /// Lower-case hexadecimal, two digits a byte.
    package var hexadecimal: String {
        var digits: [UInt8] = []
        digits.reserveCapacity(underestimatedCount * 2)
        for byte in self {
            digits.append(lowerCaseDigits[Int(byte >> 4)])
            digits.append(lowerCaseDigits[Int(byte & 15)])
        }
        return String(decoding: digits, as: UTF8.self)
    }
}

private let lowerCaseDigits = Array("0123456789abcdef".utf8)
