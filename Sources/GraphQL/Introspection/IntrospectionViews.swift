// What the introspection types are bound to: places in the tables of a schema.

/// Spec: 4.2.1 The __Schema Type
struct SchemaView: ObjectOutput {
    static var typeName: String { "__Schema" }
    let tables: IntrospectionTables

    func type(_ id: TypeID?) -> TypeView? { id.map { TypeView(tables, TypeReference($0)) } }
}

/// A type, wrapped or named.
///
/// Spec: 4.2.2 The __Type Type
struct TypeView: ObjectOutput, IntrospectionRow {
    static var typeName: String { "__Type" }

    let tables: IntrospectionTables
    let reference: TypeReference

    init(_ tables: IntrospectionTables, _ reference: TypeReference) {
        self.tables = tables
        self.reference = reference
    }

    init(_ tables: IntrospectionTables, _ position: Int) { self.init(tables, tables.listedType(position)) }

    private var row: IntrospectionTables.TypeRow { tables.type(reference.namedType.position) }

    var kind: TypeKind {
        if reference.isNonNull { return .nonNull }
        return reference.isList ? .list : TypeKind(row.kind)
    }

    /// What the type has when it is not wrapped.
    @inline(__always)
    func text(_ text: (IntrospectionTables.TypeRow) -> IntrospectionTables.Text) -> EncodedString {
        tables.text(reference.wrappers.isNone ? text(row) : .null)
    }

    /// The type, when it is not wrapped and of this kind.
    func row(_ kind: NamedType.Kind, or other: NamedType.Kind? = nil) -> IntrospectionTables.TypeRow? {
        guard reference.wrappers.isNone else { return nil }
        let own = row.kind
        return own == kind || own == other ? row : nil
    }

    /// The type inside the outermost wrapper.
    var wrapped: TypeView? {
        if reference.isNonNull { return TypeView(tables, reference.nullable) }
        return reference.isList ? TypeView(tables, reference.item) : nil
    }
}

/// Spec: 4.2.2 The __Type Type, __TypeKind
enum TypeKind: String, EnumOutput {
    case scalar = "SCALAR"
    case object = "OBJECT"
    case interface = "INTERFACE"
    case union = "UNION"
    case `enum` = "ENUM"
    case inputObject = "INPUT_OBJECT"
    case list = "LIST"
    case nonNull = "NON_NULL"

    static var typeName: String { "__TypeKind" }

    init(_ kind: NamedType.Kind) {
        self =
            switch kind {
            case .scalar: .scalar
            case .object: .object
            case .interface: .interface
            case .union: .union
            case .enum: .enum
            case .inputObject: .inputObject
            }
    }
}

/// Spec: 4.2.4 The __Field Type
struct FieldView: ObjectOutput, IntrospectionRow {
    static var typeName: String { "__Field" }
    let tables: IntrospectionTables
    let row: IntrospectionTables.FieldRow

    init(_ tables: IntrospectionTables, _ position: Int) { (self.tables, row) = (tables, tables.field(position)) }

    var isDeprecated: Bool { !row.deprecationReason.isNull }
}

/// Spec: 4.2.5 The __InputValue Type
struct InputValueView: ObjectOutput, IntrospectionRow {
    static var typeName: String { "__InputValue" }
    let tables: IntrospectionTables
    let row: IntrospectionTables.InputRow

    init(_ tables: IntrospectionTables, _ position: Int) { (self.tables, row) = (tables, tables.input(position)) }

    var isDeprecated: Bool { !row.deprecationReason.isNull }
}

/// Spec: 4.2.6 The __EnumValue Type
struct EnumValueView: ObjectOutput, IntrospectionRow {
    static var typeName: String { "__EnumValue" }
    let tables: IntrospectionTables
    let row: IntrospectionTables.EnumValueRow

    init(_ tables: IntrospectionTables, _ position: Int) { (self.tables, row) = (tables, tables.enumValue(position)) }

    var isDeprecated: Bool { !row.deprecationReason.isNull }
}

/// Spec: 4.2.7 The __Directive Type
struct DirectiveView: ObjectOutput, IntrospectionRow {
    static var typeName: String { "__Directive" }
    let tables: IntrospectionTables
    let row: IntrospectionTables.DirectiveRow

    init(_ tables: IntrospectionTables, _ position: Int) { (self.tables, row) = (tables, tables.directive(position)) }

    var locations: [DirectiveLocation] { row.locations.positions.map { tables.location($0) } }
}

extension DirectiveLocation: EnumOutput {
    @usableFromInline package static var typeName: String { "__DirectiveLocation" }
}
