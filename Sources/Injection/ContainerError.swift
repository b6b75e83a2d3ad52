/// Why a container could not be built.
package enum ContainerError: Error, Sendable {
    /// The registrations don't fit together. All that is wrong is listed, and nothing was made.
    case incomplete([ContainerProblem])
    /// Everything is registered, but a value could not be made.
    case failed(type: String, underlying: any Error)
}

extension ContainerError: CustomStringConvertible {
    /// A paragraph for the terminal, a line for each problem.
    package var description: String {
        switch self {
        case .incomplete(let problems):
            "The program's parts don't fit together:" + problems.map { "\n- \($0)" }.joined()
        case .failed(let type, let underlying):
            "\(type) could not be made: \(underlying)"
        }
    }
}

/// One thing that is wrong with a set of registrations. Types are named with their modules.
package enum ContainerProblem: Hashable, Sendable {
    /// Nothing is registered for this type. `neededBy` is the chain that leads to it, outermost first; empty when it
    /// was the container that was asked for it.
    case missing(String, neededBy: [String])
    /// Each of these needs the next one, and the last the first.
    case cycle([String])
    /// A value that is made once needs one that exists only during a request.
    case outlivesDependency(String, dependency: String)
    /// The type was registered before, or it is the request itself. Replacing has to be said.
    case registeredTwice(String)
    /// The type was to be replaced but had not been registered.
    case replacesNothing(String)
    /// A factory was asked for, but the type is registered as made once.
    case notPerRequest(String)
}

extension ContainerProblem: CustomStringConvertible {
    /// A sentence for the terminal.
    package var description: String {
        switch self {
        case .missing(let type, let chain) where chain.isEmpty:
            "\(type) is asked for but not registered."
        case .missing(let type, let chain):
            "\(type) is not registered; needed by \(chain.joined(separator: " → "))."
        case .cycle(let types):
            "These need each other: \((types + types.prefix(1)).joined(separator: " → "))."
        case .outlivesDependency(let type, let dependency):
            "\(type) is made once, but needs \(dependency), which exists only during a request."
        case .registeredTwice(let type):
            "\(type) is registered twice."
        case .replacesNothing(let type):
            "\(type) is to be replaced but was not registered."
        case .notPerRequest(let type):
            "\(type) is made once, so there is no factory of it."
        }
    }
}
