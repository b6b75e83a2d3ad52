/// Binds resolvers to the fields of a schema, and finds every field without one.
///
/// ```swift
/// schema.object(Item.self) { item in
///     item.field("name", \.name)
///     item.field("price") { item, context in context.price(of: item) }
///     item.batch("agreement") { items, context in try await context.agreements(for: items.map(\.id)) }
/// }
/// ```
@usableFromInline package struct SchemaBinder<Context: AnyObject & Sendable>: ~Copyable {
    @usableFromInline let schema: Schema
    @usableFromInline var bindings: Bindings

    @usableFromInline init(_ schema: Schema) {
        self.schema = schema
        bindings = Bindings(schema)
    }

    /// Binds the fields of an object type to values of `Object`.
    @inlinable
    package mutating func object<Object: ObjectOutput>(
        _ type: Object.Type, _ bind: (inout ObjectBinder<Object, Context>) -> Void
    ) {
        bindType(named: Object.typeName, bind)
    }

    /// Binds the fields of the query root, whose parent is the request's initial value.
    @inlinable
    package mutating func query(_ bind: (inout ObjectBinder<Value, Context>) -> Void) {
        bindType(bindings.rootType(.query), bind)
    }

    /// Binds the fields of the mutation root.
    @inlinable
    package mutating func mutation(_ bind: (inout ObjectBinder<Value, Context>) -> Void) {
        bindType(bindings.rootType(.mutation), bind)
    }

    /// Binds the fields of the subscription root to streams of events.
    @inlinable
    package mutating func subscription(_ bind: (inout SubscriptionBinder<Context>) -> Void) {
        guard let type = bindings.rootType(.subscription) else { return bindings.reportMissingRoot() }
        var binder = SubscriptionBinder<Context>(type, bindings)
        bind(&binder)
        bindings = binder.bindings
    }

    /// Says how the scalar type `name` accepts input.
    @usableFromInline package mutating func scalar(_ name: String, _ scalar: Scalar) {
        bindings.bindScalar(name, scalar)
    }

    @inlinable
    mutating func bindType<Parent>(named name: String, _ bind: (inout ObjectBinder<Parent, Context>) -> Void) {
        guard let type = bindings.objectType(named: name) else { return }
        bindType(type, bind)
    }

    @inlinable
    mutating func bindType<Parent>(_ type: TypeID?, _ bind: (inout ObjectBinder<Parent, Context>) -> Void) {
        guard let type else { return bindings.reportMissingRoot() }
        bindings.noteParent(ObjectIdentifier(Parent.self), of: type)
        var binder = ObjectBinder<Parent, Context>(type, bindings)
        bind(&binder)
        bindings = binder.bindings
    }
}

/// The bindings of a schema as they are collected.
@usableFromInline
struct Bindings: Sendable {
    @usableFromInline private(set) var schema: Schema
    /// By the position of the field in the schema.
    private(set) var fields: ContiguousArray<FieldResolver?>
    private(set) var scalars: ContiguousArray<Scalar>
    private var hasCustomScalars = false
    /// What makes the source streams of the subscription root's fields.
    private(set) var sources: [FieldID: SourceEventResolver] = [:]
    private(set) var problems: [String] = []
    /// The Swift type whose values an object type's resolvers read.
    private(set) var parents: [TypeID: ObjectIdentifier] = [:]
    /// The Swift types of objects that resolvers return, which must be the ones that are bound.
    private var returned: [(coordinate: String, type: String, swiftType: ObjectIdentifier)] = []

    init(_ schema: Schema) {
        self.schema = schema
        fields = ContiguousArray(repeating: nil, count: schema.fields.count)
        scalars = ContiguousArray(schema.types.map { .named($0.name) })
    }

    mutating func bindScalar(_ name: String, _ scalar: Scalar) {
        guard let type = schema.type(named: name), type.kind == .scalar else {
            problems.append("There is no scalar type \"\(name)\" in the schema.")
            return
        }
        scalars[type.id.position] = scalar
        hasCustomScalars = true
    }

    /// Lets the scalars that are bound accept the schema's default values.
    mutating func coerceDefaultValues() {
        guard hasCustomScalars else { return }
        schema = schema.coercingDefaultValues(scalars)
        problems += schema.defaultValueProblems
    }

    @usableFromInline
    mutating func objectType(named name: String) -> TypeID? {
        guard let type = schema.type(named: name), type.kind == .object else {
            problems.append("There is no object type \"\(name)\" in the schema.")
            return nil
        }
        return type.id
    }

    @usableFromInline
    func rootType(_ operationType: OperationType) -> TypeID? { schema.rootType(for: operationType) }

    @usableFromInline
    mutating func reportMissingRoot() {
        problems.append("Fields of a root type are bound that the schema doesn't have.")
    }

    @usableFromInline
    mutating func noteParent(_ swiftType: ObjectIdentifier, of type: TypeID) {
        if let known = parents[type], known != swiftType {
            problems.append("\(schema[type].name) is bound to two Swift types.")
        }
        parents[type] = swiftType
    }

    /// The field that a resolver is to be bound to; nil, with a problem noted, when it can't be.
    @usableFromInline
    mutating func field(_ name: String, of type: TypeID, output: OutputShape) -> FieldDefinition? {
        let coordinate = "\(schema[type].name).\(name)"
        guard let field = schema.field(of: type, named: name) else {
            problems.append("\(coordinate) has a resolver, but the schema has no such field.")
            return nil
        }
        if fields[field.id.position] != nil { problems.append("\(coordinate) has two resolvers.") }
        if !schema.admits(output, as: field.type) {
            problems.append(
                "\(coordinate) is \(schema.name(of: field.type)) in the schema, but its resolver returns \(output).")
        }
        if let (name, swiftType) = output.object { returned.append((coordinate, name, swiftType)) }
        return field
    }

    /// The field `name`; nil when there is none.
    @usableFromInline
    func knownField(_ name: String, of type: TypeID) -> FieldDefinition? { schema.field(of: type, named: name) }

    @usableFromInline
    mutating func bindSource(of field: FieldDefinition, to resolver: SourceEventResolver) {
        sources[field.id] = resolver
    }

    /// Notes an argument that a resolver takes and its field doesn't have, or has with another type.
    @usableFromInline
    mutating func argument<Input>(_ argument: Argument<Input>, of field: FieldDefinition) -> Argument<Input> {
        let coordinate = "\(schema[field.parentType].name).\(field.name)(\(argument.name):)"
        guard let located = argument.located(in: field.arguments) else {
            report("The resolver takes \(coordinate), but the schema has no such argument.")
            return argument
        }
        let definition = field.arguments[located.position]
        if !schema.admits(Input.inputShape, asInput: definition) {
            report(
                "\(coordinate) is \(schema.name(of: definition.type)) in the schema, but its resolver takes "
                    + "\(Input.inputShape).")
        }
        return located
    }

    /// Notes a problem, once: a field of the subscription root has two resolvers, which take the same arguments.
    private mutating func report(_ problem: String) {
        if !problems.contains(problem) { problems.append(problem) }
    }

    @usableFromInline
    mutating func bind(_ field: FieldDefinition, to resolver: @escaping FieldResolver.Function) {
        fields[field.id.position] = unsafe FieldResolver(resolver)
    }

    /// Takes over the bindings of the introspection types.
    mutating func merge(_ other: Bindings) {
        for (position, binding) in other.fields.enumerated() where binding != nil { fields[position] = binding }
        problems += other.problems
        parents.merge(other.parents) { mine, _ in mine }
        returned += other.returned
    }

    /// The schema with all its resolvers.
    ///
    /// - Throws: every problem there is; a field without a resolver is one.
    func finished() throws(BindingErrors) -> BoundSchema {
        var problems = problems
        for type in schema.types where type.kind == .object {
            for field in schema.fields[type.fields] {
                if type.id == schema.subscriptionType, sources[field.id] == nil {
                    problems.append("\(type.name).\(field.name) has no source stream.")
                } else if fields[field.id.position] == nil {
                    problems.append("\(type.name).\(field.name) has no resolver.")
                }
            }
        }
        for (coordinate, name, swiftType) in returned {
            guard let type = schema.type(named: name), parents[type.id] != swiftType else { continue }
            problems.append("\(coordinate) returns a \(name) of another Swift type than the one that is bound.")
        }
        if !problems.isEmpty { throw BindingErrors(problems: problems) }
        return BoundSchema(schema: schema, fields: fields, scalars: scalars, sources: sources, parents: parents)
    }
}

/// What is missing or doesn't fit between a schema and its resolvers.
@usableFromInline package struct BindingErrors: Error, CustomStringConvertible {
    package let problems: [String]
    @usableFromInline package var description: String { problems.joined(separator: "\n") }
}

extension Schema {
    /// Whether values of the shape can be completed as the type.
    func admits(_ shape: OutputShape, as type: TypeReference) -> Bool {
        switch shape {
        case .dynamic: return true
        case .optional(let shape): return !type.isNonNull && admits(shape, as: type)
        case .list(let shape): return type.isList && admits(shape, as: type.item)
        case .scalar(let names): return !type.isList && names.contains(self[type.namedType].name)
        case .enum(let name, let values):
            let named = self[type.namedType]
            return !type.isList && named.name == name && Set(values).isSubset(of: named.enumValues.map(\.name))
        case .abstract(let name): return !type.isList && self[type.namedType].name == name
        case .object(let name, _):
            guard !type.isList, let object = self.type(named: name) else { return false }
            return isPossible(object.id, of: type.namedType)
        }
    }

    /// Whether a resolver can take the argument's values as the shape.
    func admits(_ shape: OutputShape, asInput definition: InputValueDefinition) -> Bool {
        if case .optional(let shape) = shape { return admitsInput(shape, definition.type.nullable) }
        let isAlwaysGiven = definition.type.isNonNull
        return isAlwaysGiven && admitsInput(shape, definition.type.nullable)
    }

    private func admitsInput(_ shape: OutputShape, _ type: TypeReference) -> Bool {
        switch shape {
        case .dynamic: true
        case .optional(let shape): admitsInput(shape, type.nullable)
        case .list(let shape): type.isList && admitsInput(shape, type.item)
        case .scalar(let names): !type.isList && names.contains(self[type.namedType].name)
        case .enum(let name, let values):
            !type.isList && self[type.namedType].name == name
                && Set(values).isSuperset(of: self[type.namedType].enumValues.map(\.name))
        case .object(let name, _), .abstract(let name): !type.isList && self[type.namedType].name == name
        }
    }
}

extension OutputShape: CustomStringConvertible {
    @usableFromInline package var description: String {
        switch self {
        case .scalar(let names): names.joined(separator: " or ")
        case .enum(let name, let values): "\(name) (\(values.joined(separator: ", ")))"
        case .object(let name, _), .abstract(let name): name
        case .optional(let shape): "an optional \(shape)"
        case .list(let shape): "a list of \(shape)"
        case .dynamic: "any value"
        }
    }
}

extension OutputShape {
    /// The object type inside optionals and lists, and its Swift type; nil for leaves and abstract types.
    fileprivate var object: (name: String, swiftType: ObjectIdentifier)? {
        switch self {
        case .object(let name, let swiftType): (name, swiftType)
        case .optional(let shape), .list(let shape): shape.object
        case .scalar, .enum, .abstract, .dynamic: nil
        }
    }
}
