extension Execution {
    /// Completes an object of the type `typeName`, which is one of the possible types of the field's.
    @usableFromInline
    mutating func completePossibleObject(
        _ object: UnsafeRawPointer, _ field: FieldPlan, _ wrappers: TypeWrappers, typeName: String,
        boundAs swiftType: ObjectIdentifier
    ) -> Completion {
        switch selection(of: typeName, boundAs: swiftType, field) {
        case .success(let selection): return unsafe completeObject(object, selection.fields, field, wrappers)
        case .failure(let error): return fail(error.message, field, wrappers)
        }
    }

    /// The selection for an object that stands for a field's abstract type.
    ///
    /// Spec: 6.4.3 ResolveAbstractType()
    mutating func selection(
        of typeName: String, boundAs swiftType: ObjectIdentifier, _ field: FieldPlan
    ) -> Result<SelectionPlan, GraphQLError> {
        let schema = operation.schema
        let abstract = schema[field.namedType].name
        guard let possible = field.possibleSelections, let type = schema.type(named: typeName) else {
            return .failure(
                GraphQLError(
                    "Abstract type \"\(abstract)\" was resolved to a type \"\(typeName)\" that does not exist inside the schema."
                ))
        }
        guard type.kind == .object else {
            return .failure(
                GraphQLError("Abstract type \"\(abstract)\" was resolved to a non-object type \"\(typeName)\"."))
        }
        guard schema.isPossible(type.id, of: field.namedType) else {
            return .failure(
                GraphQLError("Runtime Object type \"\(typeName)\" is not a possible type for \"\(abstract)\"."))
        }
        guard operation.bound.parents[type.id] == swiftType else {
            return .failure(GraphQLError("A resolver returned a \"\(typeName)\" that its fields are not bound to."))
        }
        do throws(GraphQLError) {
            return .success(try possible.selection(of: type.id))
        } catch {
            return .failure(error)
        }
    }

    /// Reports that nothing says which object type a value of an abstract type has.
    @usableFromInline @inline(never)
    mutating func failToResolveAbstractType(_ field: FieldPlan, _ wrappers: TypeWrappers) -> Completion {
        let schema = operation.schema
        let definition = schema[field.definition]
        let abstract = schema[field.namedType].name
        return fail(
            "Abstract type \"\(abstract)\" must resolve to an Object type at runtime for field "
                + "\"\(schema[definition.parentType].name).\(definition.name)\". Either the \"\(abstract)\" type should "
                + "provide a \"resolveType\" function or each possible type should provide an \"isTypeOf\" function.",
            field, wrappers)
    }
}
