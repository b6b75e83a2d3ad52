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
        var text = value.description
        text.withUTF8 { unsafe append($0) }
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

    /// Copies runs of plain bytes whole; a byte that needs an escape ends a run.
    @usableFromInline
    mutating func writeEscaped(_ bytes: UnsafeBufferPointer<UInt8>) {
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
