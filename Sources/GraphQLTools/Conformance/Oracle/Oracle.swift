import GraphQL

/// Answers as graphql-core 3.2 would put them, the engine that made the cases' expectations.
///
/// It is older than the specification of September 2025, places errors by Python's idea of lines, and quotes in its own
/// way. None of this is in the engine: the runner adapts finished answers, so that what remains different is a
/// difference in what the engines do.
struct Oracle {
    private let locations: OracleLocations

    /// - Parameter text: what the places of errors refer to.
    init(_ text: String) { locations = OracleLocations(text) }

    /// A result in the oracle's words, with the oracle's places.
    func adapted(_ result: Value) -> Value {
        guard case .object(let members) = result else { return result }
        return .object(
            members.map { member in
                guard member.name == "errors", case .list(let errors) = member.value else { return member }
                return ObjectField("errors", .list(errors.map(adaptedError)))
            })
    }

    private func adaptedError(_ error: Value) -> Value {
        guard case .object(let members) = error else { return error }
        return .object(
            members.map { member in
                switch (member.name, member.value) {
                case ("message", .string(let message)):
                    ObjectField("message", .string(OracleWording.adapted(message)))
                case ("locations", .list(let places)):
                    ObjectField("locations", .list(places.map { locations.adapted($0).value }))
                default: member
                }
            })
    }
}

extension Oracle {
    /// The built-in definitions before September 2025, which made some arguments non-null.
    static let builtIns = BuiltInDefinitions.edited { text in
        text.replacing("includeDeprecated: Boolean! = false", with: "includeDeprecated: Boolean = false")
            .replacing("reason: String! = \"No longer supported\"", with: "reason: String = \"No longer supported\"")
            .replacing(
                "Indicates exactly one field must be supplied and this field must not be `null`.",
                with: "Indicates an Input Object is a OneOf Input Object.")
    }
}
