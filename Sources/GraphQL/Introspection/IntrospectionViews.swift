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
        return TypeKind(schema.facts.types[reference.namedType.position].kind)
    }

    /// The type, when it is not wrapped.
    var named: Box<NamedType>? { reference.wrappers.isNone ? schema.typeBoxes[reference.namedType.position] : nil }

    /// The type, when it is not wrapped and of this kind.
    func named(_ kind: NamedType.Kind, or other: NamedType.Kind? = nil) -> Box<NamedType>? {
        guard reference.wrappers.isNone else { return nil }
        let own = schema.facts.types[reference.namedType.position].kind
        return own == kind || own == other ? schema.typeBoxes[reference.namedType.position] : nil
    }

    /// The type inside the outermost wrapper.
    var wrapped: TypeView? {
        if reference.isNonNull { return TypeView(schema, reference.nullable) }
        return reference.isList ? TypeView(schema, reference.item) : nil
    }

    func fields(_ includeDeprecated: Bool) -> [FieldView]? {
        named(.object, or: .interface).map { type in
            schema.fieldBoxes[type.definition.fields]
                .filter { includeDeprecated || $0.definition.deprecationReason == nil }
                .map { FieldView(schema: schema, box: $0) }
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
    let box: Box<FieldDefinition>

    var definition: FieldDefinition { box.definition }
}

/// Spec: 4.2.5 The __InputValue Type
struct InputValueView: ObjectOutput {
    static var typeName: String { "__InputValue" }
    let schema: Schema
    let box: Box<InputValueDefinition>

    var definition: InputValueDefinition { box.definition }

    static func list(
        _ definitions: [InputValueDefinition], of schema: Schema, _ includeDeprecated: Bool
    ) -> [InputValueView] {
        definitions
            .filter { includeDeprecated || $0.deprecationReason == nil }
            .map { InputValueView(schema: schema, box: Box($0)) }
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
