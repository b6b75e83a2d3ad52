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
        text.withUTF8 { unsafe append(uriEncoding: $0, keepingSlashes: keepingSlashes) }
    }

    /// Appends bytes as `String.uriEncoded(keepingSlashes:)` gives text: runs of unreserved ones whole.
    mutating func append(uriEncoding bytes: UnsafeBufferPointer<UInt8>, keepingSlashes: Bool = false) {
        reserveCapacity(count + bytes.count * 3 / 2)
        var start = 0
        for index in bytes.indices {
            let byte = unsafe bytes[index]
            if byte.isUnreserved || (keepingSlashes && byte == UInt8(ascii: "/")) { continue }
            unsafe append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<index]))
            append(UInt8(ascii: "%"))
            append((byte >> 4).hexadecimalDigit(ten: UInt8(ascii: "A")))
            append((byte & 15).hexadecimalDigit(ten: UInt8(ascii: "A")))
            start = index + 1
        }
        unsafe append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
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
        // A bit for each ASCII character, the lowest for the first.
        switch self {
        case ..<64: UInt64(0x03FF_6000_0000_0000) & (1 << UInt64(self)) != 0
        case ..<128: UInt64(0x47FF_FFFE_87FF_FFFE) & (1 << UInt64(self - 64)) != 0
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
