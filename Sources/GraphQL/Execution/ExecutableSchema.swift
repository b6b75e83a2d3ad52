/// A schema with a resolver for every field: what requests are answered from.
package struct ExecutableSchema<Context: AnyObject & Sendable>: Sendable {
    let bound: BoundSchema
    let present: ErrorPresenter
    /// What a request may cost.
    package let limits: Limits
    /// What is known of documents that were asked for before; nil when each is prepared anew.
    package let planCache: PlanCache?

    package var schema: Schema { bound.schema }

    /// Binds resolvers to a schema.
    ///
    /// - Parameters:
    ///   - schema: the types.
    ///   - limits: what a request may cost.
    ///   - planCacheBytes: how much memory prepared operations may take; none are kept when it is 0.
    ///   - present: makes each error what a client may see.
    ///   - bind: binds the fields of every object type.
    /// - Throws: `BindingErrors` with every field that has no resolver, every resolver that has no field, and every
    ///   type that doesn't fit.
    package init(
        _ schema: Schema,
        limits: Limits = Limits(),
        planCacheBytes: Int = 0,
        present: @escaping ErrorPresenter = { error, _, _ in error },
        bind: (inout SchemaBinder<Context>) throws -> Void
    ) throws {
        // Without a query root, introspection has no place. Only a schema that wasn't checked is like that.
        guard schema.queryType != nil else { throw BindingErrors(problems: ["Query root type must be provided."]) }
        var binder = SchemaBinder<Context>(schema)
        try bind(&binder)
        var bindings = binder.bindings
        bindings.coerceDefaultValues()
        bindings.merge(.introspection(of: bindings.schema))
        bound = try bindings.finished()
        self.present = present
        self.limits = limits
        planCache = planCacheBytes > 0 ? PlanCache(maximumBytes: planCacheBytes) : nil
    }

    /// Parses and validates a document and picks the operation to execute.
    ///
    /// - Returns: the operation, or the errors of the first step that failed.
    ///
    /// Spec: 6.1 Executing Requests
    package func prepare(_ text: String, operationName: String?) -> Result<PreparedOperation, RequestErrors> {
        guard let planCache else { return prepareAnew(text, operationName: operationName) }
        return planCache.operation(of: text, named: operationName) {
            prepareAnew(text, operationName: operationName)
        }
    }

    private func prepareAnew(_ text: String, operationName: String?) -> Result<PreparedOperation, RequestErrors> {
        let document: Document
        do throws(SyntaxError) {
            document = try Document(parsing: text, limits: limits.parser)
        } catch {
            return .failure(RequestErrors(.syntax, [error.graphQLError]))
        }
        if let error = document.maxDirectives(limits) { return .failure(RequestErrors(.validation, [error])) }
        var context = ValidationContext(schema, document, scalars: bound.scalars, rules: .all, limits: limits)
        context.validate()
        let errors = context.findings.errors(in: document)
        guard errors.isEmpty else { return .failure(RequestErrors(.validation, errors)) }
        switch document.getOperation(operationName) {
        case .failure(let error): return .failure(error)
        case .success(let definition):
            let order = FragmentOrder(definition, in: context)
            let errors = context.limitErrors(of: definition, order)
            guard errors.isEmpty else { return .failure(RequestErrors(.validation, errors)) }
            let complexity = Complexity(of: definition, order, in: context)
            return .success(PreparedOperation(definition, in: context, complexity: complexity))
        }
    }

    /// Executes an operation.
    ///
    /// - Parameters:
    ///   - operation: what is to be executed.
    ///   - variables: the request's variables, not yet coerced.
    ///   - initialValue: the parent of the root fields.
    ///   - context: what resolvers are given.
    ///   - extensions: what is added to the response, request errors included.
    /// - Returns: the response. Errors are in it. A subscription is refused: see `subscribe`.
    ///
    /// Spec: 6.1 ExecuteRequest()
    package func execute(
        _ operation: PreparedOperation, variables: [ObjectField] = [], initialValue: Value = .null, context: Context,
        extensions: ResponseExtensions? = nil
    ) async -> Response {
        var response = await executeRequest(operation, variables, initialValue, context)
        if let extensions { response.add(extensions()) }
        return response
    }

    /// The values of an operation's variables, once nothing stands against executing it with them.
    ///
    /// Spec: 6.1.2 CoerceVariableValues()
    func coerceVariableValues(
        _ inputs: [ObjectField], of operation: PreparedOperation
    ) -> Result<VariableValues, RequestErrors> {
        InputCoercion(types: schema.types, scalars: bound.scalars)
            .coerceVariableValues(
                operation.definition, of: operation.document, names: operation.names, inputs: inputs, schema: schema
            )
            .flatMap { values in
                operation.maxComplexity(values).map { .failure(RequestErrors(.validation, [$0])) } ?? .success(values)
            }
    }

    private func executeRequest(
        _ operation: PreparedOperation, _ variables: [ObjectField], _ initialValue: Value, _ context: Context
    ) async -> Response {
        guard operation.operationType != .subscription else {
            let error = GraphQLError("A subscription has a stream of responses: it is subscribed to, not executed.")
            return response(to: RequestErrors(.operationResolution, [error]), context: context)
        }
        switch coerceVariableValues(variables, of: operation) {
        case .failure(let errors):
            return response(to: errors, context: context)
        case .success(let variables):
            let planned = operation.plan(bound, variables)
            return await executeOperation(planned, variables, initialValue, context)
        }
    }

    /// The response to a request that is not executed.
    package func response(
        to errors: RequestErrors, context: Context?, extensions: ResponseExtensions? = nil
    ) -> Response {
        var response = Response(requestErrors: errors.errors.map { present($0, errors.origin, context) })
        if let extensions { response.add(extensions()) }
        return response
    }

    /// Spec: 6.2 ExecuteQuery(), ExecuteMutation()
    private func executeOperation(
        _ operation: PlannedOperation, _ variables: VariableValues, _ initialValue: Value, _ context: Context
    ) async -> Response {
        let root: SelectionPlan
        do throws(GraphQLError) {
            root = try operation.root()
        } catch {
            return response(to: RequestErrors(.validation, [error]), context: context)
        }
        var execution = Execution(operation, variables: variables, context: context, present: present)
        if operation.definition.operationType == .mutation {
            await execution.executeSerially(root, initialValue)
        } else {
            execution.executeRoot(root, initialValue)
            await execution.runPendingBatches()
        }
        return execution.finish()
    }
}

/// Why a request is not executed.
package struct RequestErrors: Error, Sendable {
    package let origin: ErrorOrigin
    package let errors: [GraphQLError]

    init(_ origin: ErrorOrigin, _ errors: [GraphQLError]) {
        self.origin = origin
        self.errors = errors
    }
}

extension Document {
    /// Spec: 6.1 GetOperation()
    func getOperation(_ name: String?) -> Result<OperationDefinitionNode, RequestErrors> {
        func failure(_ message: String) -> Result<OperationDefinitionNode, RequestErrors> {
            .failure(RequestErrors(.operationResolution, [GraphQLError(message)]))
        }
        guard let name else {
            switch operations.count {
            case 0: return failure("Must provide an operation.")
            case 1: return .success(operations[0])
            default: return failure("Must provide operation name if query contains multiple operations.")
            }
        }
        let operation = names.find(name).flatMap { id in operations.first { $0.name.id == id } }
        return operation.map { .success($0) } ?? failure("Unknown operation named \"\(name)\".")
    }
}
