public import FoundationEssentials

/// A type that a column's binary value can become.
@usableFromInline package protocol PostgreSQLDecodable {
    /// Makes the value from its bytes, which are only lent for the call.
    ///
    /// - Parameters:
    ///   - bytes: The value in the type's binary format.
    ///   - type: The type of the column.
    /// - Returns: Nil if the column's type isn't one that becomes this Swift type, or if the value doesn't fit it.
    static func decode(_ bytes: Span<UInt8>, of type: OID) -> Self?
}

extension Bool: PostgreSQLDecodable {
    @usableFromInline package static func decode(_ bytes: Span<UInt8>, of type: OID) -> Bool? {
        guard type == .bool, bytes.count == 1 else { return nil }
        return bytes[0] != 0
    }
}

/// From `smallint`, `integer` and `bigint`, whichever the column is.
extension PostgreSQLDecodable where Self: FixedWidthInteger {
    @usableFromInline package static func decode(_ bytes: Span<UInt8>, of type: OID) -> Self? {
        switch type {
        case .int2: bytes.count == 2 ? Self(exactly: Int16(truncatingIfNeeded: bytes.bigEndianBits)) : nil
        case .int4: bytes.count == 4 ? Self(exactly: Int32(truncatingIfNeeded: bytes.bigEndianBits)) : nil
        case .int8: bytes.count == 8 ? Self(exactly: Int64(truncatingIfNeeded: bytes.bigEndianBits)) : nil
        default: nil
        }
    }
}

extension Int: PostgreSQLDecodable {}
extension Int32: PostgreSQLDecodable {}
extension Int64: PostgreSQLDecodable {}

extension Double: PostgreSQLDecodable {
    @usableFromInline package static func decode(_ bytes: Span<UInt8>, of type: OID) -> Double? {
        switch type {
        case .float4 where bytes.count == 4:
            Double(Float(bitPattern: UInt32(truncatingIfNeeded: bytes.bigEndianBits)))
        case .float8 where bytes.count == 8:
            Double(bitPattern: bytes.bigEndianBits)
        default: nil
        }
    }
}

/// From the character types, `json`, `jsonb`, and the types whose binary format is their text: enums, `citext`.
extension String: PostgreSQLDecodable {
    @usableFromInline package static func decode(_ bytes: Span<UInt8>, of type: OID) -> String? {
        switch type {
        case .text, .varchar, .bpchar, .name, .char, .json, .xml, .unknown:
            String(validating: bytes)
        case .jsonb:
            // A version byte comes first, and has only ever been 1.
            bytes.count > 0 && bytes[0] == 1 ? String(validating: bytes.extracting(1...)) : nil
        default:
            type.rawValue >= OID.firstUserDefined.rawValue ? String(validating: bytes) : nil
        }
    }

    private init?(validating bytes: Span<UInt8>) {
        guard let text = try? UTF8Span(validating: bytes) else { return nil }
        self.init(copying: text)
    }
}

extension UUID: PostgreSQLDecodable {
    @usableFromInline package static func decode(_ bytes: Span<UInt8>, of type: OID) -> UUID? {
        guard type == .uuid, bytes.count == 16 else { return nil }
        return UUID(
            uuid: (
                bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
                bytes[8], bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14], bytes[15]
            )
        )
    }
}

/// From `timestamptz`, to the microsecond. `infinity` and `-infinity` are no dates.
extension Date: PostgreSQLDecodable {
    @usableFromInline package static func decode(_ bytes: Span<UInt8>, of type: OID) -> Date? {
        guard type == .timestamptz, bytes.count == 8 else { return nil }
        let microseconds = Int64(truncatingIfNeeded: bytes.bigEndianBits)
        guard microseconds != .max, microseconds != .min else { return nil }
        return Date(microsecondsSince2000: microseconds)
    }
}

/// From `bytea`.
extension [UInt8]: PostgreSQLDecodable {
    @usableFromInline package static func decode(_ bytes: Span<UInt8>, of type: OID) -> [UInt8]? {
        guard type == .bytea else { return nil }
        return unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
    }
}

extension Span<UInt8> {
    /// The bytes as one number, the first the most significant; for up to eight of them.
    fileprivate var bigEndianBits: UInt64 {
        var bits: UInt64 = 0
        for index in indices { bits = bits << 8 | UInt64(self[index]) }
        return bits
    }
}
