/// Who needs whom, found out without making anything.
struct DependencyGraph<Request: Sendable> {
    /// All registrations, each after those it needs. Meaningless when there are problems.
    private(set) var order: [Registration<Request>] = []
    /// All that is wrong, in the order of the registrations.
    private(set) var problems: [ContainerProblem] = []

    private let entries: [TypeKey: Registration<Request>]
    private var finished: Set<TypeKey> = []
    private var missing: Set<TypeKey> = []
    /// From the registration that the search began with down to where it is.
    private var path: [TypeKey] = []

    /// Searches registrations depth first. It begins with those that nobody needs, so that a chain to something missing
    /// is told from its outermost end.
    init(_ registrations: [Registration<Request>]) {
        entries = Dictionary(uniqueKeysWithValues: registrations.map { ($0.type, $0) })
        let needed = Set(registrations.flatMap(\.dependencies))
        for registration in registrations where !needed.contains(registration.type) {
            visit(registration)
        }
        // What is left lies on a cycle or is needed by one.
        for registration in registrations {
            visit(registration)
        }
    }

    private mutating func visit(_ registration: Registration<Request>) {
        guard !finished.contains(registration.type) else {
            return
        }
        path.append(registration.type)
        for dependency in registration.dependencies {
            follow(dependency, of: registration)
        }
        path.removeLast()
        finished.insert(registration.type)
        order.append(registration)
    }

    private mutating func follow(_ dependency: TypeKey, of registration: Registration<Request>) {
        let entry = entries[dependency]
        let isRequest = dependency == TypeKey(Request.self)
        if !registration.isPerRequest, isRequest || entry?.isPerRequest == true {
            problems.append(.outlivesDependency(registration.type.name, dependency: dependency.name))
        }
        if let start = path.firstIndex(of: dependency) {
            problems.append(.cycle(path[start...].map(\.name)))
        } else if let entry {
            visit(entry)
        } else if !isRequest, missing.insert(dependency).inserted {
            problems.append(.missing(dependency.name, neededBy: path.map(\.name)))
        }
    }
}
