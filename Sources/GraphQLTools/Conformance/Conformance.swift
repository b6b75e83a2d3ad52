package import GraphQL

/// Answers conformance cases: what the engine makes of a document, a schema or a request, in a form that can be compared
/// with another engine's answer.
package struct Conformance: Sendable {
    /// Whose words and places the answers have.
    package enum Dialect: Sendable {
        /// Those of graphql-core 3.2, which made the cases' expectations; its introspection types, too.
        case oracle
        /// The engine's own.
        case engine
    }

    private let dialect: Dialect

    package init(_ dialect: Dialect = .oracle) { self.dialect = dialect }

    /// The answer to one case, as a line of JSON without a line end.
    ///
    /// - Parameter line: a JSON object with the members `id` and `kind`, and the inputs of its kind.
    /// - Returns: a JSON object with the members `id` and `result`, in UTF-8.
    package func answer(line: some Collection<UInt8>) async -> [UInt8] {
        var buffer = ResponseBuffer(capacity: 1024)
        do throws(JSONError) {
            buffer.write(await answer(try JSONParser.parse(line, maximumDepth: 512)))
        } catch {
            buffer.write(.errors([GraphQLError("This line is no case: \(error.message)")]))
        }
        return buffer.bytes
    }

    /// The answer to one case: an object with the members `id` and `result`.
    package func answer(_ input: Value) async -> Value {
        .object([ObjectField("id", input["id"] ?? .null), ObjectField("result", await result(of: input))])
    }

    private func result(of input: Value) async -> Value {
        let result = await ownResult(of: input)
        switch dialect {
        case .engine: return result
        case .oracle: return Oracle(input.text("document") ?? input.text("schema") ?? "").adapted(result)
        }
    }

    private func ownResult(of input: Value) async -> Value {
        do throws(SyntaxError) {
            switch input.text("kind") {
            case "parse": return try parse(input)
            case "print": return try print(input)
            case "validate": return try validate(input)
            case "validate_sdl": return try validateSDL(input)
            case "validate_schema": return try validateSchema(input)
            case "print_schema": return .text(SchemaPrinter.print(try schema(of: input)))
            case "introspect", "execute": return await execute(input, try schema(of: input))
            case let kind: return .object([ObjectField("unsupported", .string(kind ?? ""))])
            }
        } catch {
            return .errors([error.graphQLError])
        }
    }

    // MARK: Kinds

    private func parse(_ input: Value) throws(SyntaxError) -> Value {
        _ = try self.document(input)
        return .object([ObjectField("ok", .boolean(true))])
    }

    private func print(_ input: Value) throws(SyntaxError) -> Value {
        let document = try self.document(input)
        return .text(Printer.print(document))
    }

    private func validate(_ input: Value) throws(SyntaxError) -> Value {
        let schema = try schema(of: input)
        let document = try self.document(input)
        let rules = input.rules { ValidationRule(name: $0) }
        let errors = schema.validate(document, rules: rules.map { ValidationRules($0) } ?? .all)
        return .errors(errors, isScoped: rules != nil)
    }

    private func validateSDL(_ input: Value) throws(SyntaxError) -> Value {
        let extended = input["schema"] == .null ? nil : try schema(of: input)
        let document = try self.document(input)
        let rules = input.rules { SDLRule(name: $0) }
        let errors = Schema.validateSDL(
            [document], extending: extended, rules: rules.map { Set($0) } ?? Set(SDLRule.allCases))
        return .errors(errors.map(\.graphQLError), isScoped: rules != nil)
    }

    private func validateSchema(_ input: Value) throws(SyntaxError) -> Value {
        let document = try self.document(input, "schema")
        return .errors(Schema.validate([document]).map(\.graphQLError))
    }

    private func document(_ input: Value, _ member: String = "document") throws(SyntaxError) -> Document {
        try Document(parsing: input.text(member) ?? "", limits: Limits.tools.parser)
    }

    private func schema(of input: Value) throws(SyntaxError) -> Schema {
        let document = try self.document(input, "schema")
        switch dialect {
        case .engine: return Schema(unchecked: [document])
        case .oracle: return Schema(unchecked: [document], builtIns: Oracle.builtIns)
        }
    }

    private func execute(_ input: Value, _ schema: Schema) async -> Value {
        var variables: [ObjectField] = []
        if case .object(let fields)? = input["variables"] { variables = fields }
        let response = await DynamicExecution(schema).response(
            to: input.text("document") ?? "", operationName: input.text("operationName"), variables: variables,
            rootValue: input["rootValue"] ?? .null)
        do throws(JSONError) {
            return try JSONParser.parse(response.body, maximumDepth: 1024)
        } catch {
            return .errors([GraphQLError("The response is no JSON: \(error.message)")])
        }
    }
}

extension Value {
    /// The member `name` as text; nil when it is null or missing.
    fileprivate func text(_ name: String) -> String? {
        guard case .string(let text)? = self[name] else { return nil }
        return text
    }

    /// The rules that a case names; nil for all of them, and when it names one that is not known.
    fileprivate func rules<Rule>(_ rule: (String) -> Rule?) -> [Rule]? {
        guard case .list(let names)? = self["rules"] else { return nil }
        let rules = names.compactMap { name -> Rule? in
            guard case .string(let name) = name else { return nil }
            return rule(name)
        }
        return rules.count == names.count ? rules : nil
    }

    /// The result of a case that prints something.
    fileprivate static func text(_ text: String) -> Value { .object([ObjectField("text", .string(text))]) }

    /// The result of a case that has errors, or could have had.
    fileprivate static func errors(_ errors: [GraphQLError], isScoped: Bool = false) -> Value {
        let list = ObjectField("errors", .list(errors.map(\.value)))
        return .object(isScoped ? [list, ObjectField("scope", .string("rules"))] : [list])
    }
}

extension GraphQLError {
    /// The error as an entry of a response.
    fileprivate var value: Value {
        var members = [ObjectField("message", .string(message))]
        if !locations.isEmpty { members.append(ObjectField("locations", .list(locations.map(\.value)))) }
        return .object(members)
    }
}
