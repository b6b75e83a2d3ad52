package import GraphQL

/// Answers conformance cases: what the engine makes of a document, a schema or a request, in a form that can be compared
/// with another engine's answer.
package enum Conformance {
    /// The answer to one case.
    ///
    /// - Parameter input: the members `id` and `kind`, and the inputs of its kind.
    /// - Returns: an object with the members `id` and `result`.
    package static func answer(_ input: Value) -> Value {
        .object([ObjectField("id", input["id"] ?? .null), ObjectField("result", result(of: input))])
    }

    private static func result(of input: Value) -> Value {
        guard case .string(let kind)? = input["kind"] else { return .object([]) }
        switch kind {
        case "parse": return parse(input)
        default: return .object([ObjectField("unsupported", .string(kind))])
        }
    }

    private static func parse(_ input: Value) -> Value {
        guard case .string(let text)? = input["document"] else { return .object([]) }
        do throws(SyntaxError) {
            _ = try Document(parsing: text)
            return .object([ObjectField("ok", .boolean(true))])
        } catch {
            return .object([ObjectField("errors", .list([.string(error.message)]))])
        }
    }
}
