/// How values of one type are made, and out of what.
struct Registration<Request: Sendable>: Sendable {
    /// Makes the value out of the values made before.
    typealias Once = @Sendable (Values) async throws -> any Sendable
    /// Settles at start-up where each dependency will come from, and gives back what is run in each request.
    typealias Bind = @Sendable (RequestPlan<Request>) -> RequestPlan<Request>.Step

    enum Maker: Sendable {
        case once(Once)
        case perRequest(Bind)
    }

    let type: TypeKey
    /// In the order of the maker's parameters.
    let dependencies: [TypeKey]
    let maker: Maker

    var isPerRequest: Bool {
        switch maker {
        case .once: false
        case .perRequest: true
        }
    }

    // `@concurrent` here and in `Registrations`: under NonisolatedNonsendingByDefault an async closure with a pack of
    // parameters crashes the compiler (Swift 6.3.1) without it. For what runs once at start-up it is as good.
    init<Value: Sendable, each Dependency: Sendable>(
        _ type: Value.Type,
        _ make: @escaping @concurrent @Sendable (repeat each Dependency) async throws -> Value
    ) {
        self.type = TypeKey(type)
        self.dependencies = Self.keys(repeat (each Dependency).self)
        self.maker = .once { values in
            try await make(repeat values.value(of: (each Dependency).self))
        }
    }

    init<Value: Sendable, each Dependency: Sendable>(
        perRequest type: Value.Type,
        _ make: @escaping @Sendable (repeat each Dependency) -> Value
    ) {
        self.type = TypeKey(type)
        self.dependencies = Self.keys(repeat (each Dependency).self)
        self.maker = .perRequest { plan in
            let places = (repeat plan.place(of: (each Dependency).self))
            return { values in
                make(repeat (each places).value(in: values))
            }
        }
    }

    private static func keys<each Dependency>(_ dependencies: repeat (each Dependency).Type) -> [TypeKey] {
        var keys: [TypeKey] = []
        repeat keys.append(TypeKey(each dependencies))
        return keys
    }
}
