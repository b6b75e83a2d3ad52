import GraphQL

extension GraphQLHTTPHandler {
    /// Refuses an operation that would take one file several times: by aliases, a few bytes more would store it a hundred
    /// times.
    func checkFiles(_ variables: [ObjectField], of operation: PreparedOperation) throws(HTTPRefusal) {
        guard !configuration.allowsFileReuse else { return }
        for variable in variables where variable.value.holdsFile && operation.usesRepeatedly(variable.name) {
            throw .badRequest(
                "The variable \"$\(variable.name)\" holds a file, so the operation may use it only once.")
        }
    }
}

extension Value {
    /// Whether a file is in it, at any depth.
    fileprivate var holdsFile: Bool {
        switch self {
        case .opaque: true
        case .list(let values): values.contains { $0.holdsFile }
        case .object(let fields): fields.contains { $0.value.holdsFile }
        default: false
        }
    }
}
