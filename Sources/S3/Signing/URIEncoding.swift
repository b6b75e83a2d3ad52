extension String {
    /// Percent-encodes all but RFC 3986's unreserved characters, byte by byte, with upper-case digits.
    ///
    /// AWS Signature Version 4: UriEncode(). A space is `%20`, never `+`.
    ///
    /// - Parameter keepingSlashes: For an object key in a path.
    /// - Returns: ASCII only.
    package func uriEncoded(keepingSlashes: Bool = false) -> String {
        var encoded: [UInt8] = []
        encoded.append(uriEncoding: self, keepingSlashes: keepingSlashes)
        return String(decoding: encoded, as: UTF8.self)
    }
}

extension [UInt8] {
    /// Appends what `String.uriEncoded(keepingSlashes:)` gives.
    mutating func append(uriEncoding text: String, keepingSlashes: Bool = false) {
        var text = text
        text.withUTF8 { bytes in
            reserveCapacity(count + bytes.count * 3 / 2)
            for index in bytes.indices {
                let byte = unsafe bytes[index]
                if byte.isUnreserved || (keepingSlashes && byte == UInt8(ascii: "/")) {
                    append(byte)
                } else {
                    append(UInt8(ascii: "%"))
                    append((byte >> 4).hexadecimalDigit(ten: UInt8(ascii: "A")))
                    append((byte & 15).hexadecimalDigit(ten: UInt8(ascii: "A")))
                }
            }
        }
    }

    /// Appends lower-case hexadecimal, two digits a byte.
    mutating func append(hexadecimal bytes: some Sequence<UInt8>) {
        for byte in bytes {
            append((byte >> 4).hexadecimalDigit(ten: UInt8(ascii: "a")))
            append((byte & 15).hexadecimalDigit(ten: UInt8(ascii: "a")))
        }
    }
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

    /// The digit of a value below 16; `ten` is that of 10.
    fileprivate func hexadecimalDigit(ten: UInt8) -> UInt8 {
        self < 10 ? UInt8(ascii: "0") + self : ten + self - 10
    }
}

extension Sequence<UInt8> {
    /// Lower-case hexadecimal, two digits a byte.
    package var hexadecimal: String {
        var digits: [UInt8] = []
        digits.reserveCapacity(underestimatedCount * 2)
        digits.append(hexadecimal: self)
        return String(decoding: digits, as: UTF8.self)
    }
}
