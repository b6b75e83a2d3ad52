/// JSON values as RFC 8259 writes them.
extension ResponseBuffer {
    @inlinable @inline(__always)
    package mutating func writeNull() { append(0x6C6C_756E, count: 4) }

    @inlinable
    package mutating func write(_ value: Bool) {
        if value { append(0x6575_7274, count: 4) } else { append(0x65_736C_6166, count: 5) }
    }

    @usableFromInline package mutating func write(_ value: Int) {
        reserve(20)
        if value < 0 { append(UInt8(ascii: "-")) }
        writeDigits(UInt64(value.magnitude))
    }

    /// Writes a number by pairs of digits, from the last to the first. There is room for 20 bytes.
    @inline(__always)
    private mutating func writeDigits(_ value: UInt64) {
        let size = Self.countDigits(value)
        var rest = value
        var position = count + size
        while rest >= 100 {
            let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
            position -= 2
            unsafe writePair(pair, at: position)
            rest = quotient
        }
        if rest >= 10 {
            unsafe writePair(rest, at: position - 2)
        } else {
            unsafe base[position - 1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest)
        }
        count += size
    }

    @inline(__always)
    private static func countDigits(_ value: UInt64) -> Int {
        if value < 100 { return value < 10 ? 1 : 2 }
        var digits = 2
        var rest = value / 100
        while rest >= 100 {
            rest /= 100
            digits += 2
        }
        return digits + (rest < 10 ? 1 : 2)
    }

    /// Writes two digits. There is room for them.
    @unsafe
    @inline(__always)
    private mutating func writePair(_ pair: UInt64, at position: Int) {
        let tens = (pair &* 103) &>> 10
        unsafe base[position] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: tens)
        unsafe base[position + 1] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: pair &- (tens &* 10))
    }

    /// Writes the shortest text that reads back as the same number. The number is finite.
    @usableFromInline package mutating func write(_ value: Double) {
        if writeDecimal(value) { return }
        var text = value.description
        text.withUTF8 { unsafe append($0) }
    }

    /// Writes a number with at most six decimals and fifteen digits: a third of the time that `description` takes.
    ///
    /// No two decimals of fifteen digits are the same `Double`. So one that reads back as the number is the only one
    /// that short, and what `description` would give.
    ///
    /// - Returns: false, with nothing written, for other numbers.
    private mutating func writeDecimal(_ value: Double) -> Bool {
        let magnitude = value.magnitude
        guard magnitude >= 0.001, magnitude < 1e9 else { return false }
        let scaled = (magnitude * 1_000_000).rounded()
        guard scaled / 1_000_000 == magnitude, scaled < 1e15 else { return false }
        reserve(24)
        if value < 0 { append(UInt8(ascii: "-")) }
        let (whole, fraction) = UInt64(scaled).quotientAndRemainder(dividingBy: 1_000_000)
        writeDigits(whole)
        let start = count
        unsafe base[start] = UInt8(ascii: ".")
        unsafe writePair(fraction / 10_000, at: start + 1)
        unsafe writePair(fraction / 100 % 100, at: start + 3)
        unsafe writePair(fraction % 100, at: start + 5)
        var end = start + 7
        // A zero stays behind the point.
        while end > start + 2, unsafe base[end - 1] == UInt8(ascii: "0") { end -= 1 }
        count = end
        return true
    }

    /// Writes a string in quotes, with the escapes that JSON demands.
    ///
    /// Spec: RFC 8259 section 7
    @usableFromInline package mutating func write(_ value: String) {
        let isContiguous: Void? = unsafe value.utf8.withContiguousStorageIfAvailable { unsafe writeQuoted($0) }
        if isContiguous == nil {
            var copy = value
            copy.withUTF8 { unsafe writeQuoted($0) }
        }
    }

    /// Copies plain text by words, looking at each on the way; from the first byte that needs an escape on, by runs.
    @inline(__always)
    private mutating func writeQuoted(_ bytes: UnsafeBufferPointer<UInt8>) {
        let size = bytes.count
        reserve(size + 2)
        unsafe base[count] = UInt8(ascii: "\"")
        guard let source = unsafe UnsafeRawPointer(bytes.baseAddress) else {
            unsafe base[count + 1] = UInt8(ascii: "\"")
            count += 2
            return
        }
        let target = unsafe UnsafeMutableRawPointer(base + count + 1)
        var plain = 0
        if size >= 8 {
            while plain < size {
                // The last word overlaps the one before, so that there is no rest.
                let start = min(plain, size - 8)
                let word = unsafe source.loadUnaligned(fromByteOffset: start, as: UInt64.self)
                if Self.needsEscape(word) { break }
                unsafe target.storeBytes(of: word, toByteOffset: start, as: UInt64.self)
                plain += 8
            }
        } else if size >= 4 {
            let low = unsafe source.loadUnaligned(as: UInt32.self)
            let high = unsafe source.loadUnaligned(fromByteOffset: size - 4, as: UInt32.self)
            if !Self.needsEscape(UInt64(high) << 32 | UInt64(low)) {
                unsafe target.storeBytes(of: low, as: UInt32.self)
                unsafe target.storeBytes(of: high, toByteOffset: size - 4, as: UInt32.self)
                plain = size
            }
        }
        count += 1 + min(plain, size)
        if plain < size { unsafe writeEscapedRuns(UnsafeBufferPointer(rebasing: bytes[plain...])) }
        append(UInt8(ascii: "\""))
    }

    /// Whether one of eight bytes is a control character, a quotation mark or a backslash.
    @inline(__always)
    private static func needsEscape(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        let quotes = word ^ (ones &* 0x22)
        let backslashes = word ^ (ones &* 0x5C)
        // A byte is below n if subtracting n borrows; bytes of other characters have their high bit set themselves.
        let found =
            ((word &- ones &* 0x20) & ~word) | ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)
        return found & highs != 0
    }

    /// Copies runs of plain bytes whole; a byte that needs an escape ends a run.
    private mutating func writeEscapedRuns(_ bytes: UnsafeBufferPointer<UInt8>) {
        reserve(bytes.count)
        var start = 0
        var position = 0
        while position < bytes.count {
            let byte = unsafe bytes[position]
            if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                position += 1
                continue
            }
            unsafe append(UnsafeBufferPointer(rebasing: bytes[start..<position]))
            writeEscape(byte)
            position += 1
            start = position
        }
        unsafe append(UnsafeBufferPointer(rebasing: bytes[start..<position]))
    }

    private mutating func writeEscape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append(#"\""#)
        case UInt8(ascii: "\\"): append(#"\\"#)
        case 0x08: append(#"\b"#)
        case 0x09: append(#"\t"#)
        case 0x0A: append(#"\n"#)
        case 0x0C: append(#"\f"#)
        case 0x0D: append(#"\r"#)
        default:
            append(#"\u00"#)
            append(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
            let low = byte & 0xF
            append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
        }
    }

    /// Writes a JSON value; an opaque one as null.
    @usableFromInline package mutating func write(_ value: Value) {
        switch value {
        case .null, .opaque: writeNull()
        case .boolean(let value): write(value)
        case .int(let value): write(value)
        case .bigInteger(let digits): for byte in digits.utf8 { append(byte) }
        case .float(let value): if value.isFinite { write(value) } else { writeNull() }
        case .string(let value), .enum(let value): write(value)
        case .list(let values):
            append(UInt8(ascii: "["))
            for (position, value) in values.enumerated() {
                if position > 0 { append(UInt8(ascii: ",")) }
                write(value)
            }
            append(UInt8(ascii: "]"))
        case .object(let fields): write(fields)
        }
    }

    /// Writes an object.
    @usableFromInline package mutating func write(_ fields: [ObjectField]) {
        append(UInt8(ascii: "{"))
        for (position, field) in fields.enumerated() {
            if position > 0 { append(UInt8(ascii: ",")) }
            write(field.name)
            append(UInt8(ascii: ":"))
            write(field.value)
        }
        append(UInt8(ascii: "}"))
    }

    /// Writes an entry of `errors`. Spec: 7.1.6 Errors
    mutating func write(_ error: GraphQLError) {
        append(#"{"message":"#)
        write(error.message)
        if !error.locations.isEmpty {
            append(#","locations":["#)
            for (position, location) in error.locations.enumerated() {
                if position > 0 { append(UInt8(ascii: ",")) }
                append(#"{"line":"#)
                write(location.line)
                append(#","column":"#)
                write(location.column)
                append(UInt8(ascii: "}"))
            }
            append(UInt8(ascii: "]"))
        }
        if let path = error.path {
            append(#","path":["#)
            for (position, segment) in path.enumerated() {
                if position > 0 { append(UInt8(ascii: ",")) }
                switch segment {
                case .name(let name): write(name)
                case .index(let index): write(index)
                }
            }
            append(UInt8(ascii: "]"))
        }
        if !error.extensions.isEmpty {
            append(#","extensions":"#)
            write(error.extensions)
        }
        append(UInt8(ascii: "}"))
    }
}
