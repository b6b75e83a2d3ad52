/// A named type of a schema, its extensions merged in. What a kind doesn't have is empty.
///
/// Spec: 3.4 Types
@usableFromInline package struct NamedType: Sendable {
    package typealias Kind = TypeDefinitionNode.Kind

    package let id: TypeID
    package let kind: Kind
    package let name: String
    package let description: String?
    /// Objects and interfaces, in the order written: positions in `Schema.fields`.
    package var fields: Range<Int> = 0..<0
    /// Objects and interfaces: what they implement.
    package var interfaces: [TypeID] = []
    /// Unions: the members. Interfaces: the objects that implement them. Objects: the object itself.
    package var possibleTypes: [TypeID] = []
    /// Enums.
    package var enumValues: [EnumValueDefinition] = []
    /// Input objects.
    package var inputFields: [InputValueDefinition] = []
    /// Enums and input objects: the position of each value or field, by its name.
    private(set) var memberPositions: [Spelling: Int] = [:]
    /// Input objects: whether exactly one field must be given. Spec: 3.10.1 OneOf Input Objects
    package var isOneOf = false
    /// Scalars. Spec: 3.5.5 Custom Scalars, `@specifiedBy`
    package var specifiedByURL: String?

    /// Must be called when enum values or input fields are set, whose names are distinct.
    mutating func indexMembers() {
        let names = (kind == .enum ? enumValues.map(\.name) : inputFields.map(\.name)).map { Spelling($0) }
        memberPositions = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    }

    package var isLeaf: Bool { kind.isLeaf }
    package var isComposite: Bool { kind.isComposite }
    package var isAbstract: Bool { kind == .interface || kind == .union }
    /// Spec: 3.4.2 IsInputType()
    package var isInputType: Bool { kind.isInputType }
    /// Spec: 3.4.2 IsOutputType()
    package var isOutputType: Bool { kind != .inputObject }
}

extension NamedType.Kind {
    package var isLeaf: Bool { self == .scalar || self == .enum }
    package var isComposite: Bool { self == .object || self == .interface || self == .union }
    /// Spec: 3.4.2 IsInputType()
    package var isInputType: Bool { isLeaf || self == .inputObject }
}

/// The position of a field in `Schema.fields`.
@usableFromInline package struct FieldID: Hashable, Sendable {
    @usableFromInline package let rawValue: UInt32
    @inlinable package init(_ rawValue: UInt32) { self.rawValue = rawValue }
    @inlinable package var position: Int { Int(rawValue) }
}

/// Spec: 3.6 Objects, FieldDefinition
@usableFromInline package struct FieldDefinition: Sendable {
    package let id: FieldID
    package internal(set) var parentType: TypeID
    package let name: String
    package let description: String?
    package var arguments: [InputValueDefinition]
    package let type: TypeReference
    package let deprecationReason: String?
}

/// An argument or an input field.
///
/// Spec: 3.6.1 Field Arguments, InputValueDefinition
@usableFromInline package struct InputValueDefinition: Sendable {
    package let name: String
    /// `name` among the schema's names.
    package let schemaName: SchemaName
    package let description: String?
    package let type: TypeReference
    /// As written.
    package let defaultLiteral: Literal?
    /// `defaultLiteral` coerced to `type`.
    package var defaultValue: Value?
    /// Input fields: whether it has none because `defaultLiteral` is too deep, with the default values it takes in.
    var isDefaultTooDeep = false
    package let deprecationReason: String?

    /// Whether a value must be given. Spec: 5.4.3 Required Arguments
    package var isRequired: Bool { type.isNonNull && defaultLiteral == nil }
}

/// Spec: 3.9 Enums, EnumValueDefinition
@usableFromInline package struct EnumValueDefinition: Sendable {
    package let name: String
    package let description: String?
    package let deprecationReason: String?
}

/// Spec: 3.13 Directives
@usableFromInline package struct DirectiveDefinition: Sendable {
    package let name: String
    package let description: String?
    package var arguments: [InputValueDefinition]
    package let isRepeatable: Bool
    package let locations: [DirectiveLocation]
}

/// Spec: 3.13 Directives, DirectiveLocation
@usableFromInline package enum DirectiveLocation: String, BitwiseCopyable, Sendable, CaseIterable {
    case query = "QUERY"
    case mutation = "MUTATION"
    case subscription = "SUBSCRIPTION"
    case field = "FIELD"
    case fragmentDefinition = "FRAGMENT_DEFINITION"
    case fragmentSpread = "FRAGMENT_SPREAD"
    case inlineFragment = "INLINE_FRAGMENT"
    case variableDefinition = "VARIABLE_DEFINITION"
    case schema = "SCHEMA"
    case scalar = "SCALAR"
    case object = "OBJECT"
    case fieldDefinition = "FIELD_DEFINITION"
    case argumentDefinition = "ARGUMENT_DEFINITION"
    case interface = "INTERFACE"
    case union = "UNION"
    case `enum` = "ENUM"
    case enumValue = "ENUM_VALUE"
    case inputObject = "INPUT_OBJECT"
    case inputFieldDefinition = "INPUT_FIELD_DEFINITION"
}
