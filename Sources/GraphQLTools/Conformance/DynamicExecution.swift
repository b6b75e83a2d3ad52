import GraphQL

/// Executes requests on JSON data, by the conventions of conformance cases: a field is the member of that name, and a
/// member `{"$echo": true}` answers with the field's arguments.
struct DynamicExecution {
    /// Resolvers need nothing but the data.
    private final class Context: Sendable {}

    private let schema: Result<ExecutableSchema<Context>, any Error>

    init(_ schema: Schema) {
        self.schema = Result {
            try ExecutableSchema<Context>(schema, limits: .tools) { binder in binder.dynamic(Self.resolve) }
        }
    }

    /// The whole response: parse, validate, coerce the variables, execute.
    func response(
        to text: String, operationName: String?, variables: [ObjectField], rootValue: Value
    ) async -> Response {
        let schema: ExecutableSchema<Context>
        switch self.schema {
        case .success(let executable): schema = executable
        case .failure(let error): return Response(requestErrors: [GraphQLError("\(error)")])
        }
        switch schema.prepare(text, operationName: operationName) {
        case .failure(let errors): return Response(requestErrors: errors.errors)
        case .success(let operation):
            return await schema.execute(
                operation, variables: variables, initialValue: rootValue, context: Context())
        }
    }

    private static func resolve(_ parent: Value, _ field: FieldDefinition, _ arguments: [Value?]) -> Value {
        guard let member = parent[field.name] else { return .null }
        guard member["$echo"] == .boolean(true), !arguments.isEmpty else { return member }
        let given = zip(field.arguments, arguments).compactMap { definition, value in
            value.map { ObjectField(definition.name, $0) }
        }
        return .string(Value.object(given).echoed)
    }
}

extension Value {
    /// JSON with the members of objects sorted by code point, and integral numbers without a fraction.
    fileprivate var echoed: String {
        switch self {
        case .object(let fields):
            let members = fields.sorted { $0.name.unicodeScalars.lexicographicallyPrecedes($1.name.unicodeScalars) }
            return "{" + members.map { Value.string($0.name).echoed + ":" + $0.value.echoed }.joined(separator: ",")
                + "}"
        case .list(let items): return "[" + items.map(\.echoed).joined(separator: ",") + "]"
        case .float(let number) where number.rounded() == number && abs(number) < 1e15: return String(Int(number))
        default:
            var buffer = ResponseBuffer(capacity: 64)
            buffer.write(self)
            return String(decoding: buffer.bytes, as: UTF8.self)
        }
    }
}
