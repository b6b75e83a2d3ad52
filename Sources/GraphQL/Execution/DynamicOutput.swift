// Values of no Swift type of their own: what a schema is executed on when its types are known at run time only.

extension Value: OutputValue {
    @usableFromInline package static var outputShape: OutputShape { .dynamic }

    /// Completes the value as whatever type the schema gives the field.
    ///
    /// Lists must be lists. An object is completed by its members; one of an abstract type says by its member
    /// `__typename` which type it has.
    ///
    /// Spec: 6.4.3 CompleteValue()
    @usableFromInline package static func complete(
        _ value: UnsafePointer<Value>, _ field: FieldPlan, _ wrappers: TypeWrappers, _ execution: inout Execution
    ) -> Completion {
        if unsafe value.pointee == .null { return .null }
        if wrappers.isList { return unsafe completeList(value.pointee, field, wrappers, &execution) }
        let type = execution.operation.schema[field.namedType]
        switch type.kind {
        case .scalar, .enum:
            return unsafe execution.completeLeaf(value.pointee, field, wrappers)
        case .object, .interface, .union, .inputObject:
            return unsafe completeObject(value, field, wrappers, &execution)
        }
    }

    private static func completeList(
        _ value: Value, _ field: FieldPlan, _ wrappers: TypeWrappers, _ execution: inout Execution
    ) -> Completion {
        guard case .list(let items) = value else {
            let schema = execution.operation.schema
            let definition = schema[field.definition]
            return execution.fail(
                "Expected Iterable, but did not find one for field "
                    + "\"\(schema[definition.parentType].name).\(definition.name)\".",
                field, wrappers)
        }
        return unsafe withUnsafePointer(to: items) {
            unsafe [Value].complete($0, field, wrappers, &execution)
        }
    }

    private static func completeObject(
        _ value: UnsafePointer<Value>, _ field: FieldPlan, _ wrappers: TypeWrappers, _ execution: inout Execution
    ) -> Completion {
        if let fields = field.selectedFields {
            return unsafe execution.completeObject(UnsafeRawPointer(value), fields, field, wrappers)
        }
        guard case .string(let typeName)? = unsafe value.pointee["__typename"] else {
            return execution.failToResolveAbstractType(field, wrappers)
        }
        return unsafe execution.completePossibleObject(
            UnsafeRawPointer(value), field, wrappers, typeName: typeName, boundAs: ObjectIdentifier(Value.self))
    }
}

extension SchemaBinder {
    /// Binds every field that has no resolver yet to one resolver for all of them. Subscriptions have no events.
    ///
    /// - Parameter resolve: takes the parent, the field and its coerced arguments by the position of their definition,
    ///   nil for those without a value; returns the field's value, which is completed by the field's type.
    package mutating func dynamic(
        _ resolve: @escaping @Sendable (Value, FieldDefinition, [Value?]) throws -> Value
    ) {
        bindings.bindDynamic(resolve)
    }
}

extension Bindings {
    fileprivate mutating func bindDynamic(
        _ resolve: @escaping @Sendable (Value, FieldDefinition, [Value?]) throws -> Value
    ) {
        for type in schema.types where type.kind == .object && !type.name.hasPrefix("__") {
            noteParent(ObjectIdentifier(Value.self), of: type.id)
            for definition in schema.fields[type.fields] where fields[definition.id.position] == nil {
                if type.id == schema.subscriptionType {
                    bindSource(
                        of: definition,
                        to: SourceEventResolver { _, _ in throw GraphQLError("There is no source of these events.") })
                }
                unsafe bind(
                    definition,
                    to: { parent, field, execution in
                        do {
                            let arguments = try execution.arguments(of: field)
                            let parent = unsafe parent.assumingMemoryBound(to: Value.self)
                            let value = try resolve(unsafe parent.pointee, definition, arguments)
                            return Value.complete(value, field, &execution)
                        } catch {
                            return execution.fail(error, field)
                        }
                    })
            }
        }
    }
}
