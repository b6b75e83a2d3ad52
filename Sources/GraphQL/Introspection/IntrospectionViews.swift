// What the introspection types are bound to: parts of a schema, together with the schema they refer into.

extension Schema: ObjectOutput {
    @usableFromInline package static var typeName: String { "__Schema" }
}

/// A type, wrapped or named.
///
/// Spec: 4.2.2 The __Type Type
struct TypeView: ObjectOutput {
    static var typeName: String { "__Type" }

    let schema: Schema
    let reference: TypeReference

    init(_ schema: Schema, _ reference: TypeReference) {
        self.schema = schema
        self.reference = reference
    }

    init?(_ schema: Schema, root: TypeID?) {
        guard let root else { return nil }
        self.init(schema, TypeReference(root))
    }

    var kind: TypeKind {
        if reference.isNonNull { return .nonNull }
        if reference.isList { return .list }
        return TypeKind(schema[reference.namedType].kind)
    }

    /// The type, when it is not wrapped.
    var named: NamedType? { reference.wrappers.isNone ? schema[reference.namedType] : nil }

    /// The type, when it is not wrapped and of one of these kinds.
    func named(_ kinds: NamedType.Kind...) -> NamedType? {
        named.flatMap { kinds.contains($0.kind) ? $0 : nil }
    }

    /// The type inside the outermost wrapper.
    var wrapped: TypeView? {
        if reference.isNonNull { return TypeView(schema, reference.nullable) }
        return reference.isList ? TypeView(schema, reference.item) : nil
    }

    func fields(_ includeDeprecated: Bool) -> [FieldView]? {
        named(.object, .interface).map { type in
            schema.fields[type.fields]
                .filter { includeDeprecated || $0.deprecationReason == nil }
                .map { FieldView(schema: schema, definition: $0) }
        }
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
struct FieldView: ObjectOutput {
    static var typeName: String { "__Field" }
    let schema: Schema
    let definition: FieldDefinition
}

/// Spec: 4.2.5 The __InputValue Type
struct InputValueView: ObjectOutput {
    static var typeName: String { "__InputValue" }
    let schema: Schema
    let definition: InputValueDefinition

    static func list(
        _ definitions: [InputValueDefinition], of schema: Schema, _ includeDeprecated: Bool
    ) -> [InputValueView] {
        definitions
            .filter { includeDeprecated || $0.deprecationReason == nil }
            .map { InputValueView(schema: schema, definition: $0) }
    }
}

/// Spec: 4.2.6 The __EnumValue Type
struct EnumValueView: ObjectOutput {
    static var typeName: String { "__EnumValue" }
    let definition: EnumValueDefinition
}

/// Spec: 4.2.7 The __Directive Type
struct DirectiveView: ObjectOutput {
    static var typeName: String { "__Directive" }
    let schema: Schema
    let definition: DirectiveDefinition
}

extension DirectiveLocation: EnumOutput {
    @usableFromInline package static var typeName: String { "__DirectiveLocation" }
}
