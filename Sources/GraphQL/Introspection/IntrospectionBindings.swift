/// The context of introspection, which needs none.
private final class NoContext: Sendable {}

extension Bindings {
    /// The resolvers of the introspection types and of the meta-fields `__schema` and `__type`.
    ///
    /// Spec: 4 Introspection
    static func introspection(of schema: Schema) -> Bindings {
        let storage = IntrospectionStorage(schema)
        var binder = SchemaBinder<NoContext>(schema)
        binder.object(SchemaView.self) { type in
            type.field("description") { schema in schema.tables.text(schema.tables.schema.description) }
            type.field("types") { IntrospectionList<TypeView>($0.tables, $0.tables.schema.types) }
            type.property("queryType") { schema throws in
                guard let type = schema.type(schema.tables.schema.queryType) else {
                    throw GraphQLError("Query root type must be provided.")
                }
                return type
            }
            type.field("mutationType") { schema in schema.type(schema.tables.schema.mutationType) }
            type.field("subscriptionType") { schema in schema.type(schema.tables.schema.subscriptionType) }
            type.field("directives") { IntrospectionList<DirectiveView>($0.tables, $0.tables.schema.directives) }
        }
        bindTypeView(&binder)
        binder.object(FieldView.self) { type in
            type.field("name") { field in field.tables.text(field.row.name) }
            type.field("description") { field in field.tables.text(field.row.description) }
            type.list("args") { field in IntrospectionList<InputValueView>(field.tables, field.row.arguments) }
            type.field("type") { field in TypeView(field.tables, field.row.type) }
            type.field("isDeprecated") { $0.isDeprecated }
            type.field("deprecationReason") { field in field.tables.text(field.row.deprecationReason) }
        }
        binder.object(InputValueView.self) { type in
            type.field("name") { input in input.tables.text(input.row.name) }
            type.field("description") { input in input.tables.text(input.row.description) }
            type.field("type") { input in TypeView(input.tables, input.row.type) }
            type.field("defaultValue") { input in input.tables.text(input.row.defaultValue) }
            type.field("isDeprecated") { $0.isDeprecated }
            type.field("deprecationReason") { input in input.tables.text(input.row.deprecationReason) }
        }
        binder.object(EnumValueView.self) { type in
            type.field("name") { value in value.tables.text(value.row.name) }
            type.field("description") { value in value.tables.text(value.row.description) }
            type.field("isDeprecated") { $0.isDeprecated }
            type.field("deprecationReason") { value in value.tables.text(value.row.deprecationReason) }
        }
        binder.object(DirectiveView.self) { type in
            type.field("name") { directive in directive.tables.text(directive.row.name) }
            type.field("description") { directive in directive.tables.text(directive.row.description) }
            type.field("isRepeatable", \.row.isRepeatable)
            type.field("locations") { $0.locations }
            type.list("args") { directive in
                IntrospectionList<InputValueView>(directive.tables, directive.row.arguments)
            }
        }
        binder.metaField(schema.schemaField) { meta in
            meta.field("__schema") { _ in SchemaView(tables: storage.tables) }
        }
        binder.metaField(schema.typeField) { meta in
            meta.property("__type", Argument<String>("name")) { _, name in
                schema.type(named: name).map { TypeView(storage.tables, TypeReference($0.id)) }
            }
        }
        return binder.bindings
    }

    /// Spec: 4.2.2 The __Type Type
    private static func bindTypeView(_ binder: inout SchemaBinder<NoContext>) {
        binder.object(TypeView.self) { type in
            type.field("kind") { $0.kind }
            type.field("name") { type in type.text(\.name) }
            type.field("description") { type in type.text(\.description) }
            type.field("specifiedByURL") { type in type.text(\.specifiedByURL) }
            type.list("fields") { type in
                type.row(.object, or: .interface).map { IntrospectionList<FieldView>(type.tables, $0.fields) }
            }
            type.field("interfaces") { type in
                type.row(.object, or: .interface).map { IntrospectionList<TypeView>(type.tables, $0.interfaces) }
            }
            type.field("possibleTypes") { type in
                type.row(.interface, or: .union).map { IntrospectionList<TypeView>(type.tables, $0.possibleTypes) }
            }
            type.list("enumValues") { type in
                type.row(.enum).map { IntrospectionList<EnumValueView>(type.tables, $0.enumValues) }
            }
            type.list("inputFields") { type in
                type.row(.inputObject).map { IntrospectionList<InputValueView>(type.tables, $0.inputFields) }
            }
            type.field("ofType") { type in type.wrapped }
            type.field("isOneOf") { type in type.row(.inputObject).map { $0.isOneOf } }
        }
    }
}

extension ObjectBinder {
    /// Binds a list that has deprecated rows only when its one argument, `includeDeprecated`, says so.
    fileprivate mutating func list<Row: IntrospectionRow>(
        _ name: String, _ rows: @escaping @Sendable (Parent) -> IntrospectionList<Row>?
    ) {
        guard let field = bindings.field(name, of: type, output: IntrospectionList<Row>.outputShape) else { return }
        unsafe bindings.bind(
            field,
            to: { parent, field, execution in
                guard var list = rows(unsafe parent.assumingMemoryBound(to: Parent.self).pointee) else { return .null }
                do {
                    if case .boolean(true)?? = try execution.arguments(of: field).first {
                        list.includesDeprecated = true
                    }
                } catch {
                    return execution.fail(error, field)
                }
                return IntrospectionList<Row>.complete(list, field, &execution)
            })
    }
}

extension SchemaBinder {
    /// Binds a meta-field as a field of the query root.
    fileprivate mutating func metaField(
        _ field: FieldID, _ bind: (inout ObjectBinder<Value, Context>) -> Void
    ) {
        var binder = ObjectBinder<Value, Context>(schema[field].parentType, bindings)
        bind(&binder)
        bindings = binder.bindings
    }
}
