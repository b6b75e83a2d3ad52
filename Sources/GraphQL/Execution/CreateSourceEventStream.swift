extension ExecutableSchema {
    /// Subscribes: makes the source stream of a subscription, and from it the stream of responses.
    ///
    /// No event is asked for before the first response is. Variables are coerced once, for the source stream and for
    /// every event.
    ///
    /// - Parameters:
    ///   - operation: a subscription.
    ///   - variables: the request's variables, not yet coerced.
    ///   - context: what resolvers are given, for the source stream and for every event.
    ///   - extensions: what is added to the response to each event.
    /// - Returns: the responses; or why there is no source stream, which is a request error.
    ///
    /// Spec: 6.2.3 Subscribe()
    package func subscribe(
        _ operation: PreparedOperation, variables: [ObjectField] = [], context: Context,
        extensions: ResponseExtensions? = nil
    ) async -> Result<ResponseStream, RequestErrors> {
        guard operation.operationType == .subscription else {
            let error = GraphQLError("Only a subscription can be subscribed to; this operation is executed.")
            return .failure(RequestErrors(.operationResolution, [error]))
        }
        let values: VariableValues
        switch coerceVariableValues(variables, of: operation) {
        case .failure(let errors): return .failure(errors)
        case .success(let coerced): values = coerced
        }
        let planned = operation.plan(bound, values)
        let root: SelectionPlan
        do throws(GraphQLError) {
            root = try planned.root()
        } catch {
            return .failure(RequestErrors(.validation, [error]))
        }
        return await planned.createSourceEventStream(root, variables: values, context: context).map { source in
            let subscription = Subscription(
                operation: planned, root: root, variables: values, context: context, present: present,
                extensions: extensions)
            return subscription.mapSourceToResponseEvent(source)
        }
    }
}

extension PlannedOperation {
    /// Asks the resolver of the one root field for its stream of events.
    ///
    /// Spec: 6.2.3.1 CreateSourceEventStream()
    fileprivate func createSourceEventStream(
        _ root: SelectionPlan, variables: VariableValues, context: any AnyObject & Sendable
    ) async -> Result<any SourceEventStream, RequestErrors> {
        if let error = root.failure { return .failure(RequestErrors(.input, [error])) }
        // Validation and start-up have made sure of both.
        guard root.count == 1, let source = bound.sources[root[0].definition] else {
            return .failure(RequestErrors(.validation, [GraphQLError("A subscription selects exactly one stream.")]))
        }
        let field = root[0]
        do {
            let arguments = try coerceArgumentValues(field.definition, field.node, variables: variables).get()
            return .success(try await source.resolveFieldEventStream(context, arguments))
        } catch {
            var located = error as? GraphQLError ?? GraphQLError("Internal server error.")
            located.path = [.name(field.responseName)]
            if located.locations.isEmpty {
                let table = LocationTable(document.source)
                located.locations = field.nodes.map { table.location(at: document.selections[$0.position].offset) }
            }
            return .failure(RequestErrors(.resolver(error), [located]))
        }
    }
}
