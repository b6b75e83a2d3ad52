/// The number by which PostgreSQL knows a type.
///
/// Source: PostgreSQL, `src/include/catalog/pg_type.dat`; the numbers of built-in types never change.
@usableFromInline package struct OID: RawRepresentable, Hashable, Sendable {
    @usableFromInline package let rawValue: UInt32

    @usableFromInline package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// As a parameter's type: let the server infer it.
    static let unspecified = OID(rawValue: 0)
    static let bool = OID(rawValue: 16)
    static let bytea = OID(rawValue: 17)
    static let char = OID(rawValue: 18)
    static let name = OID(rawValue: 19)
    static let int8 = OID(rawValue: 20)
    static let int2 = OID(rawValue: 21)
    static let int4 = OID(rawValue: 23)
    static let text = OID(rawValue: 25)
    static let json = OID(rawValue: 114)
    static let xml = OID(rawValue: 142)
    static let float4 = OID(rawValue: 700)
    static let float8 = OID(rawValue: 701)
    static let unknown = OID(rawValue: 705)
    static let bpchar = OID(rawValue: 1042)
    static let textArray = OID(rawValue: 1009)
    static let varchar = OID(rawValue: 1043)
    static let timestamptz = OID(rawValue: 1184)
    static let uuid = OID(rawValue: 2950)
    static let uuidArray = OID(rawValue: 2951)
    static let jsonb = OID(rawValue: 3802)

    /// Types made in the database (enums, `citext`) are numbered from here.
    static let firstUserDefined = OID(rawValue: 16384)
}
