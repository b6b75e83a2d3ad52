extension InputCoercion {
    /// How many errors a request's variables may report.
    private static let maximumErrors = 50

    /// The values of an operation's variables.
    ///
    /// - Returns: the values, or every error found, up to a limit.
    ///
    /// Spec: 6.1.2 CoerceVariableValues()
    func coerceVariableValues(
        _ operation: OperationDefinitionNode, of document: Document, names: DocumentNames, inputs: [ObjectField],
        schema: Schema
    ) -> Result<VariableValues, RequestErrors> {
        if operation.variableDefinitions.isEmpty { return .success(.none) }
        // The transport has made sure that no name occurs twice.
        let given = Dictionary(inputs.map { (Spelling($0.name), $0.value) }, uniquingKeysWith: { first, _ in first })
        var values = VariableValues()
        var errors: [GraphQLError] = []
        lazy var locations = LocationTable(document.source)
        for definition in document[operation.variableDefinitions] {
            let name = document.name(definition.name.id)
            func report(_ message: String) {
                let location = locations.location(at: definition.name.offset)
                errors.append(GraphQLError("Variable \"$\(name)\" \(message)", locations: [location]))
            }
            // Validation has made sure that the type exists and is an input type.
            guard let type = schema.type(definition.type, in: document, names) else { continue }
            guard let input = given[Spelling(name)] else {
                if let defaultValue = definition.defaultValue {
                    let literal = Literal(document, defaultValue)
                    if let value = coerceLiteral(literal, to: type, variables: .none) {
                        values.set(definition.name.id, to: value)
                    } else {
                        report("has an invalid default value.")
                    }
                } else if type.isNonNull {
                    report("of required type \"\(schema.name(of: type))\" was not provided.")
                }
                continue
            }
            if input == .null, type.isNonNull {
                report("of non-null type \"\(schema.name(of: type))\" must not be null.")
                continue
            }
            var problems = InputProblems(limit: Self.maximumErrors + 1 - errors.count)
            let value = coerceInput(input, to: type, &problems)
            for problem in problems.list {
                let place = problem.path.isEmpty ? "" : " at \"\(name)\(problem.path.inspected)\""
                let part = input.part(at: problem.path).inspected
                report("got invalid value \(part)\(place); \(problem.message)")
            }
            values.set(definition.name.id, to: value)
            if errors.count > Self.maximumErrors {
                errors.removeSubrange(Self.maximumErrors...)
                errors.append(
                    GraphQLError("Too many errors processing variables, error limit reached. Execution aborted."))
                break
            }
        }
        return errors.isEmpty ? .success(values) : .failure(RequestErrors(.input, errors))
    }
}

extension Schema {
    /// The type that a type node names; nil when the schema has none of that name, or for too many wrappers.
    func type(_ index: Index<TypeNode>, in document: Document, _ names: DocumentNames) -> TypeReference? {
        // A type stands behind the lists and non-null marks around it, the outermost first.
        var position = index.position
        while document.types[position].kind != .named { position += 1 }
        guard let named = type(named: names[document.types[position].name]) else { return nil }
        var wrappers = TypeWrappers.none
        for wrapper in document.types[index.position..<position].reversed() {
            guard let wrapped = wrapper.kind == .list ? wrappers.inList : wrappers.inNonNull else { return nil }
            wrappers = wrapped
        }
        return TypeReference(named, wrappers)
    }
}

extension ResponsePath {
    /// As JavaScript would write it: `.name[0]`.
    fileprivate var inspected: String {
        map { segment in
            switch segment {
            case .name(let name): ".\(name)"
            case .index(let index): "[\(index)]"
            }
        }.joined()
    }
}

extension Value {
    /// The part that a path leads to; null where there is none. A value in a list's place is its only item.
    fileprivate func part(at path: ResponsePath) -> Value {
        path.reduce(self) { value, segment in
            switch (segment, value) {
            case (.name(let name), _): value[name] ?? .null
            case (.index(let index), .list(let items)): index < items.count ? items[index] : .null
            case (.index, _): value
            }
        }
    }
}
