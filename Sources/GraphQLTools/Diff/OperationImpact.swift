package import GraphQL

/// What breaking changes of the schema do to an operation.
package struct OperationImpact: Sendable {
    /// How it breaks.
    package enum Effect: Sendable {
        /// It was valid and no longer is.
        case invalid([Problem])
        /// It stays valid, but values of its variables that were accepted may be refused.
        case variables
        /// It stays valid, but its result may not be what it was made for: a value may be null, or of another type.
        case result
        /// It was not valid before, so that nothing is said about it.
        case invalidBefore([Problem])
    }

    package let operationType: OperationType
    /// Nil for an anonymous operation.
    package let name: String?
    package let place: FilePlace
    package let effect: Effect
    /// The breaking changes that it is concerned by.
    package let changes: [SchemaChange]
}

extension OperationImpact {
    /// Finds the operations that break.
    ///
    /// Each operation is validated with the fragments that it uses, and no others.
    ///
    /// - Parameters:
    ///   - changes: what makes `new` of `old`.
    ///   - old: the schema that the operations were made for.
    ///   - new: the schema that they are to be held to.
    ///   - documents: the operations; fragments are found across files.
    /// - Returns: what becomes of each operation; those that stay as they are are left out, and one whose variables and
    ///   result are concerned is there twice.
    package static func impacts(
        of changes: [SchemaChange], from old: Schema, to new: Schema, on documents: JoinedDocument
    ) -> [OperationImpact] {
        let breaking = changes.filter { $0.severity == .breaking }
        let index = FragmentIndex(documents)
        return documents.document.operations.indices.flatMap { operation -> [OperationImpact] in
            func impact(_ effect: Effect, _ changes: [SchemaChange] = []) -> OperationImpact {
                OperationImpact(operation, of: documents, effect, changes)
            }
            let slice = OperationSlice(operation, of: documents, index)
            guard let document = try? Document(parsing: slice.text, limits: .trusted) else { return [] }
            let earlierErrors = old.validate(document)
            guard earlierErrors.isEmpty else { return [impact(.invalidBefore(earlierErrors.map(documents.problem)))] }
            let usage = CoordinateUsage(of: document, in: old)
            let errors = new.validate(document)
            guard errors.isEmpty else {
                return [
                    impact(
                        .invalid(errors.map(documents.problem)),
                        breaking.filter { $0.concerns(usage.named, in: new) })
                ]
            }
            let ofVariables = breaking.filter { $0.concerns(usage.variables, in: new) }
            let ofResult = breaking.filter { $0.kind.changesResults && $0.concerns(usage.results, in: new) }
            return (ofVariables.isEmpty ? [] : [impact(.variables, ofVariables)])
                + (ofResult.isEmpty ? [] : [impact(.result, ofResult)])
        }
    }

    private init(
        _ operation: Int, of documents: JoinedDocument, _ effect: Effect, _ changes: [SchemaChange]
    ) {
        let node = documents.document.operations[operation]
        operationType = node.operationType
        name = node.name.id == .none ? nil : documents.document.name(node.name.id)
        place = documents.place(node.offset)
        self.effect = effect
        self.changes = changes
    }
}

extension SchemaChange {
    /// Whether the change concerns who uses these elements. What must be given now concerns those, too, who leave it out.
    fileprivate func concerns(_ elements: Set<SchemaCoordinate>, in new: Schema) -> Bool {
        guard let coordinate else { return false }
        if elements.contains(coordinate) { return true }
        guard let parent = coordinate.parent, elements.contains(parent) else { return false }
        return new.isRequired(coordinate)
    }
}

extension Schema {
    /// Whether the coordinate names an argument or input field that must be given.
    fileprivate func isRequired(_ coordinate: SchemaCoordinate) -> Bool {
        switch try? resolve(coordinate) {
        case .fieldArgument(_, _, let input), .directiveArgument(_, let input), .inputField(_, let input):
            input.isRequired
        case .namedType, .field, .enumValue, .directive, nil: false
        }
    }
}

extension OperationImpact: CustomStringConvertible {
    /// Lines for a terminal: the operation, what is wrong with it, and the changes that made it so.
    package var description: String {
        var lines: [String] = []
        switch effect {
        case .invalid(let problems):
            lines.append("\(place): \(title) is no longer valid.")
            lines += problems.map { "  \($0)" }
        case .variables:
            lines.append("\(place): \(title) may get variables that are no longer accepted.")
        case .result:
            lines.append("\(place): \(title) may get a result that it was not made for.")
        case .invalidBefore(let problems):
            lines.append("\(place): \(title) was not valid before.")
            lines += problems.map { "  \($0)" }
        }
        return (lines + changes.map { "  because \($0.message) (\($0.kind.rawValue))" }).joined(separator: "\n")
    }

    private var title: String { "\(operationType)" + (name.map { " " + $0 } ?? "") }

    /// The same for programs: `operation`, `type`, `file`, `line`, `column`, `effect`, `errors`, `changes`.
    package var json: Value {
        let (effect, problems) =
            switch effect {
            case .invalid(let problems): ("invalid", problems)
            case .variables: ("variables", [])
            case .result: ("result", [])
            case .invalidBefore(let problems): ("invalid-before", problems)
            }
        return .object([
            ObjectField("operation", name.map { .string($0) } ?? .null),
            ObjectField("type", .string("\(operationType)")),
            ObjectField("file", .string(place.file)),
            ObjectField("line", .int(place.location.line)),
            ObjectField("column", .int(place.location.column)),
            ObjectField("effect", .string(effect)),
            ObjectField("errors", .list(problems.map(\.json))),
            ObjectField("changes", .list(changes.map(\.json))),
        ])
    }
}
