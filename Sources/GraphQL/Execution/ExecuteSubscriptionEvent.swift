/// What the executions of a subscription's events have in common.
@usableFromInline struct Subscription: Sendable {
    let operation: PlannedOperation
    let root: SelectionPlan
    let variables: VariableValues
    let context: any AnyObject & Sendable
    let present: ErrorPresenter
    let extensions: ResponseExtensions?

    /// Writes what can be written at once of the response to an event. `event` is needed for the call only.
    ///
    /// Spec: 6.2.3.2 ExecuteSubscriptionEvent()
    func beginEvent(_ event: UnsafeRawPointer) -> Execution {
        var execution = Execution(operation, variables: variables, context: context, present: present)
        unsafe execution.executeRoot(root, of: event)
        return execution
    }

    /// Awaits the rest of the response.
    func completeEvent(_ execution: consuming Execution) async -> Response {
        await execution.runPendingBatches()
        var response = execution.finish()
        if let extensions { response.add(extensions()) }
        return response
    }
}
