/// The position of a type in `Schema.types`.
@usableFromInline package struct TypeID: Hashable, BitwiseCopyable, Sendable {
    @usableFromInline package let rawValue: UInt32
    @inlinable package init(_ rawValue: UInt32) { self.rawValue = rawValue }
    @inlinable package var position: Int { Int(rawValue) }
}

/// A type as it stands behind a field, an argument or a variable: a named type inside lists and non-null wrappers.
///
/// The wrappers are two bits each, the outermost lowest, so that a type reference is copied and compared as two
/// integers. At most `maximumWrappers` fit.
///
/// Spec: 3.4.1 Wrapping Types
@usableFromInline package struct TypeReference: Hashable, BitwiseCopyable, Sendable {
    /// The type inside all wrappers.
    @usableFromInline package let namedType: TypeID
    @usableFromInline package let wrappers: TypeWrappers

    @inlinable package init(_ namedType: TypeID, _ wrappers: TypeWrappers = .none) {
        self.namedType = namedType
        self.wrappers = wrappers
    }

    @inlinable package var isNonNull: Bool { wrappers.isNonNull }
    /// Whether this is a list, non-null or not.
    @inlinable package var isList: Bool { wrappers.isList }
    /// The same type with null allowed.
    @inlinable package var nullable: TypeReference { TypeReference(namedType, wrappers.nullable) }
    /// The type of a list's items. Only meaningful when `isList`.
    @inlinable package var item: TypeReference { TypeReference(namedType, wrappers.item) }
}

extension ContiguousArray<NamedType> {
    /// The type as the language writes it, such as `[Int!]!`, among all types of a schema.
    func name(of reference: TypeReference) -> String {
        if reference.isNonNull { return name(of: reference.nullable) + "!" }
        if reference.isList { return "[" + name(of: reference.item) + "]" }
        return self[reference.namedType.position].name
    }
}

/// The lists and non-null marks around a named type.
@usableFromInline package struct TypeWrappers: Hashable, BitwiseCopyable, Sendable {
    /// How many wrappers a type reference can have.
    @usableFromInline package static let maximum = 31

    @usableFromInline let bits: UInt64

    @inlinable init(bits: UInt64) { self.bits = bits }

    /// A plain named type.
    @inlinable package static var none: TypeWrappers { TypeWrappers(bits: 0) }
    @inlinable package var isNone: Bool { bits == 0 }
    @inlinable package var isNonNull: Bool { bits & 3 == 1 }
    @inlinable package var nullable: TypeWrappers { isNonNull ? TypeWrappers(bits: bits >> 2) : self }
    @inlinable package var isList: Bool { nullable.bits & 3 == 2 }
    @inlinable package var item: TypeWrappers { TypeWrappers(bits: nullable.bits >> 2) }

    /// These wrappers inside a list; nil when there are too many.
    @usableFromInline package var inList: TypeWrappers? { wrapped(by: 2) }
    /// These wrappers made non-null; nil when there are too many.
    @usableFromInline package var inNonNull: TypeWrappers? { isNonNull ? self : wrapped(by: 1) }

    private func wrapped(by mark: UInt64) -> TypeWrappers? {
        bits >> (2 * (Self.maximum - 1)) == 0 ? TypeWrappers(bits: bits << 2 | mark) : nil
    }
}
