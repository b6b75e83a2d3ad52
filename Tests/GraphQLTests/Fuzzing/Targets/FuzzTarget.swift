import GraphQL

/// A part of the engine that takes what clients send, and what must hold for whatever they send.
enum FuzzTarget: String, CaseIterable, Sendable {
    case parser, grammar, schema, validation, json, execution

    /// What is wrong with the engine's answer to the input; nil when nothing is.
    func problem(with input: [UInt8]) async -> String? {
        switch self {
        case .parser: Self.parserProblem(input)
        case .grammar: Self.grammarProblem(input)
        case .schema: Self.schemaProblem(input)
        case .validation: Self.validationProblem(input)
        case .json: Self.jsonProblem(input)
        case .execution: await Self.executionProblem(input)
        }
    }

    /// Inputs to begin with.
    var corpus: [[UInt8]] {
        let texts: [String] =
            switch self {
            case .parser: FuzzCorpus.executable + FuzzCorpus.typeSystem
            case .schema: FuzzCorpus.typeSystem
            case .validation: FuzzCorpus.executable + FuzzSchema.operations
            case .json: FuzzCorpus.json
            // What the generators make of them, not what they say.
            case .grammar, .execution: FuzzSchema.operations
            }
        return texts.map { Array($0.utf8) }
    }

    /// Whether a place that the engine names is in the text.
    static func isInside(_ location: SourceLocation, _ input: [UInt8]) -> Bool {
        let end = Source(String(decoding: input, as: UTF8.self)).location(at: UInt32(input.count))
        return location.line >= 1 && location.column >= 1 && (location.line, location.column) <= (end.line, end.column)
    }

    /// An error of a list that a client gets, and that is too long or names places that there aren't.
    static func listProblem(_ errors: [GraphQLError], _ input: [UInt8]) -> String? {
        // One more says that there were more.
        if errors.count > 101 { return "\(errors.count) errors" }
        let isPlaced = errors.allSatisfy { $0.locations.allSatisfy { isInside($0, input) } }
        return isPlaced ? nil : "an error is placed outside of the text"
    }
}
