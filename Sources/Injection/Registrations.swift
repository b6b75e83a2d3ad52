/// What the program is made of: for each type, how one is made and out of what.
///
/// What a value needs is read off the closure's parameters, or off the initialiser's, so nothing is said twice and the
/// whole graph is known before anything is made. ``build()`` proves it complete, then makes every value once.
///
///     var registrations = Registrations<IncomingRequest>()
///     registrations.register(Settings.self) { settings }
///     registrations.register((any ObjectStorage).self) { (s: Settings) in DirectoryStorage(s.directory) }
///     registrations.register(AgreementService.self, AgreementService.init)
///     registrations.register(TokenKeys.self) { (s: Settings) in try await TokenKeys(from: s.jwksFile) }
///     registrations.registerPerRequest(RequestContext.self) { (r: IncomingRequest, agreements: AgreementService) in
///         RequestContext(requestID: r.id, agreements: agreements)
///     }
///     registrations.replace((any ObjectStorage).self) { UnreachableStorage() }          // a test
///
///     let container = try await registrations.build()                                   // or every gap at once
///     let makeContext = try container.factory(of: RequestContext.self)                  // once, at start-up
///     let server = Server(keys: try container.value(of: TokenKeys.self), makeContext: makeContext)
///
/// Types are matched exactly: a `CentralDatabase` is never taken for a `TenantDatabase`, and a value that is wanted as
/// `any ObjectStorage` is registered as that.
///
/// `Request` is what a request brings along, the one thing that per-request values have and others can't.
package struct Registrations<Request: Sendable>: Sendable {
    /// In the order they were made, so that problems are reported in the order of the source.
    private(set) var entries: [Registration<Request>] = []
    /// What was registered twice, or replaced though it wasn't there.
    private(set) var problems: [ContainerProblem] = []

    /// Nothing registered yet.
    package init() {}

    /// Registers a value that is made once, at start-up, and lives as long as the container.
    ///
    /// - Parameters:
    ///   - type: the type it is asked for by.
    ///   - make: makes it out of values of the types of its parameters. What it throws ends ``build()``.
    package mutating func register<Value: Sendable, each Dependency: Sendable>(
        _ type: Value.Type,
        _ make: @escaping @concurrent @Sendable (repeat each Dependency) async throws -> Value
    ) {
        add(Registration(type, make))
    }

    /// Registers a value that is made anew for each request that asks for it, at most once in a request.
    ///
    /// - Parameters:
    ///   - type: the type it is asked for by.
    ///   - make: makes it out of the request, other per-request values, and values that live as long as the container.
    ///     It runs in every request, so it neither waits nor fails.
    package mutating func registerPerRequest<Value: Sendable, each Dependency: Sendable>(
        _ type: Value.Type,
        _ make: @escaping @Sendable (repeat each Dependency) -> Value
    ) {
        add(Registration(perRequest: type, make))
    }

    /// Puts another value in the place of one registered before, for tests.
    ///
    /// - Parameters:
    ///   - type: the type registered; if it isn't, ``build()`` says so, since the test would test nothing.
    ///   - make: as in ``register(_:_:)``; it needn't need the same.
    package mutating func replace<Value: Sendable, each Dependency: Sendable>(
        _ type: Value.Type,
        _ make: @escaping @concurrent @Sendable (repeat each Dependency) async throws -> Value
    ) {
        put(Registration(type, make))
    }

    /// Puts another per-request value in the place of a value registered before, for tests.
    ///
    /// - Parameters:
    ///   - type: the type registered; if it isn't, ``build()`` says so.
    ///   - make: as in ``registerPerRequest(_:_:)``.
    package mutating func replacePerRequest<Value: Sendable, each Dependency: Sendable>(
        _ type: Value.Type,
        _ make: @escaping @Sendable (repeat each Dependency) -> Value
    ) {
        put(Registration(perRequest: type, make))
    }

    /// Proves the registrations complete and makes every value that lives as long as the container, each after those
    /// it needs.
    ///
    /// - Throws: ``ContainerError/incomplete(_:)`` with all that is wrong, before anything is made;
    ///   ``ContainerError/failed(type:underlying:)`` if a value can't be made.
    package func build() async throws(ContainerError) -> Container<Request> {
        let graph = DependencyGraph(entries)
        let problems = problems + graph.problems
        guard problems.isEmpty else {
            throw .incomplete(problems)
        }
        var values = Values()
        for entry in graph.order {
            guard case .once(let make) = entry.maker else {
                continue
            }
            do {
                values.insert(try await make(values), as: entry.type)
            } catch {
                throw .failed(type: entry.type.name, underlying: error)
            }
        }
        return Container(values: values, perRequest: graph.order.filter(\.isPerRequest))
    }

    private mutating func add(_ registration: Registration<Request>) {
        guard registration.type != TypeKey(Request.self), !entries.contains(where: { $0.type == registration.type })
        else {
            problems.append(.registeredTwice(registration.type.name))
            return
        }
        entries.append(registration)
    }

    private mutating func put(_ registration: Registration<Request>) {
        guard let index = entries.firstIndex(where: { $0.type == registration.type }) else {
            problems.append(.replacesNothing(registration.type.name))
            return
        }
        entries[index] = registration
    }
}
