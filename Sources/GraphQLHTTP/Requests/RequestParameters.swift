import GraphQL

/// What a client asks for, whichever way it was sent.
///
/// GraphQL over HTTP: Request Parameters
struct RequestParameters: Sendable {
    let document: RequestedDocument
    let operationName: String?
    let variables: [ObjectField]
    let extensions: [ObjectField]

    /// Reads the members of a JSON body; unknown members are ignored.
    init(_ body: Value) throws(HTTPRefusal) {
        guard case .object = body else { throw .badRequest("A request must be a JSON object.") }
        extensions = try Self.object(body["extensions"], "extensions")
        document = try RequestedDocument(query: body["query"], id: body["documentId"], extensions: extensions)
        switch body["operationName"] {
        case .string(let name): operationName = name
        case nil, .null: operationName = nil
        default: throw .badRequest("The parameter \"operationName\" must be a string.")
        }
        variables = try Self.object(body["variables"], "variables")
    }

    /// Reads the parameters of a GET request, where `variables` and `extensions` hold JSON text.
    init(_ parameters: QueryString, maximumDepth: Int) throws(HTTPRefusal) {
        extensions = try Self.object(Self.json(parameters, "extensions", maximumDepth), "extensions")
        document = try RequestedDocument(
            query: parameters["query"].map(Value.string), id: parameters["documentId"].map(Value.string),
            extensions: extensions)
        operationName = parameters["operationName"]
        variables = try Self.object(Self.json(parameters, "variables", maximumDepth), "variables")
    }

    /// Refuses variables that are longer than `limit` bytes when written as JSON without white space.
    func checkSize(limit: Int?) throws(HTTPRefusal) {
        guard let limit, !variables.isEmpty else { return }
        var text = ResponseBuffer(capacity: 1024)
        text.write(variables)
        guard text.count <= limit else { throw .requestTooLarge("The parameter \"variables\"", limit: limit) }
    }

    private static func object(_ value: Value?, _ name: String) throws(HTTPRefusal) -> [ObjectField] {
        switch value {
        case .object(let fields): return fields
        case nil, .null: return []
        default: throw .badRequest("The parameter \"\(name)\" must be an object.")
        }
    }

    private static func json(
        _ parameters: QueryString,
        _ name: String,
        _ maximumDepth: Int
    ) throws(HTTPRefusal) -> Value? {
        guard let text = parameters[name] else { return nil }
        return try parseJSON(Array(text.utf8), maximumDepth: maximumDepth, of: "The parameter \"\(name)\"")
    }
}

/// The value that JSON text stands for; `subject` begins the sentence that refuses it.
func parseJSON(_ bytes: [UInt8], maximumDepth: Int, of subject: String) throws(HTTPRefusal) -> Value {
    do throws(JSONError) {
        return try JSONParser.parse(bytes, maximumDepth: maximumDepth)
    } catch {
        throw .badRequest("\(subject) is not valid JSON: \(error.message) at byte \(error.offset).")
    }
}
