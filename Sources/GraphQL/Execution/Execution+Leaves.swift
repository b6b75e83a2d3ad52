extension Execution {
    /// Completes a value of a scalar or enum type whose Swift type says nothing about it.
    ///
    /// Spec: 6.4.3 CompleteValue(), leaf types
    package mutating func completeLeaf(_ value: Value, _ field: FieldPlan, _ wrappers: TypeWrappers) -> Completion {
        if case .null = value { return .null }
        let coercion = ResultCoercion(scalars: operation.bound.scalars)
        do throws(GraphQLError) {
            buffer.write(try coercion.coerceResult(operation.schema[field.namedType], value))
            return .value
        } catch {
            return fail(error, asResultOf: field, wrappers)
        }
    }

    /// Reports that what a resolver returned is no value of a scalar or enum.
    ///
    /// Only a `GraphQLError` reaches the client with its message.
    @usableFromInline @inline(never)
    mutating func fail(_ error: any Error, asResultOf field: FieldPlan, _ wrappers: TypeWrappers) -> Completion {
        guard let error = error as? GraphQLError else { return fail(error, field, wrappers) }
        report(error, .completion, at: path(to: field, wrappers), field)
        return .propagate
    }
}
