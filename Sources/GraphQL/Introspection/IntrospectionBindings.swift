/// The context of introspection, which needs none.
private final class NoContext: Sendable {}

extension Bindings {
    /// The resolvers of the introspection types and of the meta-fields `__schema` and `__type`.
    ///
    /// Spec: 4 Introspection
    static func introspection(of schema: Schema) -> Bindings {
        var binder = SchemaBinder<NoContext>(schema)
        binder.object(Schema.self) { type in
            type.field("description", \.description)
            type.field("types") { schema in schema.types.map { TypeView(schema, TypeReference($0.id)) } }
            type.property("queryType") { schema throws in
                guard let type = TypeView(schema, root: schema.queryType) else {
                    throw GraphQLError("Query root type must be provided.")
                }
                return type
            }
            type.field("mutationType") { schema in TypeView(schema, root: schema.mutationType) }
            type.field("subscriptionType") { schema in TypeView(schema, root: schema.subscriptionType) }
            type.field("directives") { schema in schema.directives.map { DirectiveView(schema: schema, definition: $0) }
            }
        }
        bindTypeView(&binder)
        binder.object(FieldView.self) { type in
            type.field("name", \.box.definition.name)
            type.field("description", \.box.definition.description)
            type.property("args", Argument<Bool?>("includeDeprecated")) { field, includeDeprecated in
                InputValueView.list(field.box.definition.arguments, of: field.schema, includeDeprecated ?? false)
            }
            type.field("type") { field in TypeView(field.schema, field.box.definition.type) }
            type.field("isDeprecated") { field in field.box.definition.deprecationReason != nil }
            type.field("deprecationReason", \.box.definition.deprecationReason)
        }
        binder.object(InputValueView.self) { type in
            type.field("name", \.box.definition.name)
            type.field("description", \.box.definition.description)
            type.field("type") { input in TypeView(input.schema, input.box.definition.type) }
            type.field("defaultValue") { input in input.schema.defaultText(of: input.definition) }
            type.field("isDeprecated") { input in input.box.definition.deprecationReason != nil }
            type.field("deprecationReason", \.box.definition.deprecationReason)
        }
        binder.object(EnumValueView.self) { type in
            type.field("name", \.definition.name)
            type.field("description", \.definition.description)
            type.field("isDeprecated") { value in value.definition.deprecationReason != nil }
            type.field("deprecationReason", \.definition.deprecationReason)
        }
        binder.object(DirectiveView.self) { type in
            type.field("name", \.definition.name)
            type.field("description", \.definition.description)
            type.field("isRepeatable", \.definition.isRepeatable)
            type.field("locations", \.definition.locations)
            type.property("args", Argument<Bool?>("includeDeprecated")) { directive, includeDeprecated in
                InputValueView.list(directive.definition.arguments, of: directive.schema, includeDeprecated ?? false)
            }
        }
        binder.metaField(schema.schemaField) { meta in
            meta.field("__schema") { _ in schema }
        }
        binder.metaField(schema.typeField) { meta in
            meta.property("__type", Argument<String>("name")) { _, name in
                schema.type(named: name).map { TypeView(schema, TypeReference($0.id)) }
            }
        }
        return binder.bindings
    }

    /// Spec: 4.2.2 The __Type Type
    private static func bindTypeView(_ binder: inout SchemaBinder<NoContext>) {
        binder.object(TypeView.self) { type in
            type.field("kind", \.kind)
            type.field("name") { type in type.named?.definition.name }
            type.field("description") { type in type.named?.definition.description }
            type.field("specifiedByURL") { type in type.named?.definition.specifiedByURL }
            type.property("fields", Argument<Bool?>("includeDeprecated")) { type, includeDeprecated in
                type.fields(includeDeprecated ?? false)
            }
            type.field("interfaces") { type in
                type.named(.object, or: .interface)?.definition.interfaces.map {
                    TypeView(type.schema, TypeReference($0))
                }
            }
            type.field("possibleTypes") { type in
                type.named(.interface, or: .union)?.definition.possibleTypes.map {
                    TypeView(type.schema, TypeReference($0))
                }
            }
            type.property("enumValues", Argument<Bool?>("includeDeprecated")) { type, includeDeprecated in
                type.named(.enum)?.definition.enumValues
                    .filter { includeDeprecated ?? false || $0.deprecationReason == nil }
                    .map { EnumValueView(definition: $0) }
            }
            type.property("inputFields", Argument<Bool?>("includeDeprecated")) { type, includeDeprecated in
                type.named(.inputObject).map {
                    InputValueView.list($0.definition.inputFields, of: type.schema, includeDeprecated ?? false)
                }
            }
            type.field("ofType") { type in type.wrapped }
            type.field("isOneOf") { type in type.named(.inputObject)?.definition.isOneOf }
        }
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
