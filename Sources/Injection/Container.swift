/// Everything that lives as long as the program, made and complete. It is asked at start-up, by the composition root
/// alone: what runs during a request was given what it needs, and has never heard of a container.
package struct Container<Request: Sendable>: Sendable {
    private let values: Values
    /// Each after those it needs.
    private let perRequest: [Registration<Request>]

    init(values: Values, perRequest: [Registration<Request>]) {
        self.values = values
        self.perRequest = perRequest
    }

    /// A value that was made once.
    ///
    /// - Throws: ``ContainerError/incomplete(_:)`` if the type is not registered, or only for requests.
    package func value<Value: Sendable>(of type: Value.Type) throws(ContainerError) -> Value {
        guard let value = values.valueIfRegistered(of: type) else {
            throw .incomplete([.missing(TypeKey(type).name, neededBy: [])])
        }
        return value
    }

    /// A function that makes a per-request value, and what it needs that exists only during a request, each once.
    ///
    /// All look-ups happen here; the function knows its way by numbers.
    ///
    /// - Throws: ``ContainerError/incomplete(_:)`` if the type is not registered, or as made once.
    package func factory<Value: Sendable>(
        of type: Value.Type
    ) throws(ContainerError) -> @Sendable (Request) -> Value {
        let key = TypeKey(type)
        guard perRequest.contains(where: { $0.type == key }) else {
            let isMadeOnce = values.valueIfRegistered(of: type) != nil
            throw .incomplete([isMadeOnce ? .notPerRequest(key.name) : .missing(key.name, neededBy: [])])
        }
        let plan = RequestPlan(order: needed(by: key), values: values)
        return { request in
            guard let value = plan.run(request) as? Value else {
                preconditionFailure("The last step of a plan makes the \(type) it was planned for.")
            }
            return value
        }
    }

    /// The per-request values that one of them is made of, directly or not, and itself as the last.
    private func needed(by type: TypeKey) -> [Registration<Request>] {
        var needed: Set<TypeKey> = [type]
        // Backwards, since each is registered after what it needs.
        return perRequest.reversed().filter { entry in
            guard needed.contains(entry.type) else {
                return false
            }
            needed.formUnion(entry.dependencies)
            return true
        }.reversed()
    }
}
