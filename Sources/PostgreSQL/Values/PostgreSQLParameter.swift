package import FoundationEssentials

/// A value for one of a statement's `$n`, sent in PostgreSQL's binary format under its own type.
///
/// The server casts from that type where SQL does so by itself (`bigint` to an `integer` column, `text` to `varchar`);
/// anything else takes a cast in the statement: `$1::jsonb` with a `.text`.
package enum PostgreSQLParameter: Hashable, Sendable {
    case uuid(UUID)
    /// UTF-8; the server refuses U+0000 (`characterNotInRepertoire`).
    case text(String)
    case int32(Int32)
    case int64(Int64)
    case double(Double)
    case bool(Bool)
    /// `timestamptz`, to the microsecond. What lies beyond the 64-bit range becomes `infinity` or `-infinity`.
    case timestamp(Date)
    /// `bytea`.
    case bytes([UInt8])
    /// `uuid[]`, for `= ANY($1)`.
    case uuids([UUID])
    /// `text[]`, nil standing for NULL.
    case texts([String?])
    /// NULL, of whatever type the server infers.
    case null

    /// A `bigint` of the size that Swift counts with.
    package static func int(_ value: Int) -> PostgreSQLParameter {
        .int64(Int64(value))
    }
}

extension PostgreSQLParameter: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral
{
    package init(stringLiteral value: String) {
        self = .text(value)
    }

    package init(integerLiteral value: Int64) {
        self = .int64(value)
    }

    package init(booleanLiteral value: Bool) {
        self = .bool(value)
    }

    package init(nilLiteral: ()) {
        self = .null
    }
}

extension PostgreSQLParameter {
    /// The type that the parameter is declared with.
    var type: OID {
        switch self {
        case .uuid: .uuid
        case .text: .text
        case .int32: .int4
        case .int64: .int8
        case .double: .float8
        case .bool: .bool
        case .timestamp: .timestamptz
        case .bytes: .bytea
        case .uuids: .uuidArray
        case .texts: .textArray
        case .null: .unspecified
        }
    }

    /// Appends the value in the type's binary format.
    ///
    /// - Returns: False for NULL, which has no bytes.
    func encode(into bytes: inout [UInt8]) -> Bool {
        switch self {
        case .uuid(let value): bytes.append(value)
        case .text(let value): bytes.append(contentsOf: value.utf8)
        case .int32(let value): bytes.append(bigEndian: value)
        case .int64(let value): bytes.append(bigEndian: value)
        case .double(let value): bytes.append(bigEndian: value.bitPattern)
        case .bool(let value): bytes.append(value ? 1 : 0)
        case .timestamp(let value): bytes.append(bigEndian: value.microsecondsSince2000)
        case .bytes(let value): bytes.append(contentsOf: value)
        case .uuids(let values):
            bytes.append(array: values, of: .uuid) { bytes, value in
                bytes.append(bigEndian: Int32(16))
                bytes.append(value)
            }
        case .texts(let values):
            bytes.append(array: values, of: .text) { bytes, value in
                bytes.append(bigEndian: value.map { Int32($0.utf8.count) } ?? -1)
                if let value { bytes.append(contentsOf: value.utf8) }
            }
        case .null: return false
        }
        return true
    }
}

extension [UInt8] {
    fileprivate mutating func append(bigEndian value: some FixedWidthInteger) {
        for shift in stride(from: value.bitWidth - 8, through: 0, by: -8) {
            append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }

    fileprivate mutating func append(_ value: UUID) {
        let (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p) = value.uuid
        append(contentsOf: [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p])
    }

    /// Dimensions, "has NULLs", element type; for the one dimension its length and lower bound; then the elements, each
    /// behind its length, which is -1 for NULL. An empty array has no dimension. Source: PostgreSQL, `array_recv`, which
    /// finds out itself whether there are NULLs.
    fileprivate mutating func append<Value>(
        array values: [Value], of type: OID, _ append: (inout [UInt8], Value) -> Void
    ) {
        self.append(bigEndian: Int32(values.isEmpty ? 0 : 1))
        self.append(bigEndian: Int32(0))
        self.append(bigEndian: type.rawValue)
        guard !values.isEmpty else { return }
        self.append(bigEndian: Int32(values.count))
        self.append(bigEndian: Int32(1))
        for value in values { append(&self, value) }
    }
}
