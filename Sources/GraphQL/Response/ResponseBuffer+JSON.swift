/// JSON values as RFC 8259 writes them.
extension ResponseBuffer {
    @inlinable
    package mutating func writeNull() {
        append(UInt8(ascii: "n"))
        append(UInt8(ascii: "u"))
        append(UInt8(ascii: "l"))
        append(UInt8(ascii: "l"))
    }

    @inlinable
    package mutating func write(_ value: Bool) {
        if value { append("true") } else { append("false") }
    }

    /// Writes digits from the last to the first.
    @inlinable
    package mutating func write(_ value: Int) {
        reserve(20)
        var magnitude = value.magnitude
        if value < 0 { append(UInt8(ascii: "-")) }
        var digits = 1
        var bound: UInt = 10
        while magnitude >= bound {
            digits += 1
            if digits == 20 { break }
            bound = bound.multipliedReportingOverflow(by: 10).overflow ? .max : bound * 10
        }
        var position = count + digits
        setCount(position)
        while magnitude >= 10 {
            let (quotient, digit) = magnitude.quotientAndRemainder(dividingBy: 10)
            position -= 1
            unsafe base[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
            magnitude = quotient
        }
        unsafe base[position - 1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude)
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
        let (whole, fraction) = Int(scaled).quotientAndRemainder(dividingBy: 1_000_000)
        if value < 0 { append(UInt8(ascii: "-")) }
        write(whole)
        append(UInt8(ascii: "."))
        var rest = fraction
        var unit = 100_000
        repeat {
            let (digit, remainder) = rest.quotientAndRemainder(dividingBy: unit)
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
            rest = remainder
            unit /= 10
        } while rest > 0
        return true
    }

    /// Writes a string in quotes, with the escapes that JSON demands.
    ///
    /// Spec: RFC 8259 section 7
    @inlinable
    package mutating func write(_ value: String) {
        append(UInt8(ascii: "\""))
        let isContiguous: Void? = unsafe value.utf8.withContiguousStorageIfAvailable { unsafe writeEscaped($0) }
        if isContiguous == nil {
            var copy = value
            copy.withUTF8 { unsafe writeEscaped($0) }
        }
        append(UInt8(ascii: "\""))
    }

    /// Copies plain text by words, looking at each on the way; from the first byte that needs an escape on, by runs.
    @usableFromInline
    mutating func writeEscaped(_ bytes: UnsafeBufferPointer<UInt8>) {
        reserve(bytes.count)
        guard bytes.count >= 8, let source = unsafe UnsafeRawPointer(bytes.baseAddress) else {
            return unsafe writeEscapedRuns(bytes)
        }
        let target = unsafe UnsafeMutableRawPointer(base + count)
        var position = 0
        while position < bytes.count {
            // The last word overlaps the one before, so that there is no rest.
            let start = min(position, bytes.count - 8)
            let word = unsafe source.loadUnaligned(fromByteOffset: start, as: UInt64.self)
            if Self.needsEscape(word) {
                setCount(count + position)
                return unsafe writeEscapedRuns(UnsafeBufferPointer(rebasing: bytes[position...]))
            }
            unsafe target.storeBytes(of: word, toByteOffset: start, as: UInt64.self)
            position += 8
        }
        setCount(count + bytes.count)
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
