/// Spec: 3.13 Directives, Type Validation
extension TypeValidation {
    mutating func validateDirectives() {
        for (position, source) in builder.directiveNodes.enumerated() where !isBuiltIn(source.document) {
            let directive = builder.parts.directives[position]
            checkName(directive.name, SourcePlace(source.document, source.node.offset))
            if directive.locations.isEmpty {
                report(
                    "Directive @\(directive.name) must include 1 or more locations.",
                    at: SourcePlace(source.document, source.node.offset))
            }
            let nodes = source.document[source.node.arguments].map { (source.document, $0) }
            validateArguments(inputs(directive.arguments, nodes), of: "@\(directive.name)")
        }
    }

    private func isBuiltIn(_ document: Document) -> Bool { document === BuiltInDefinitions.document }

    /// The arguments of directives that are applied to definitions must be values of their types.
    ///
    /// Spec: 5.6.1 Values of Correct Type
    mutating func validateAppliedDirectives() {
        if isInputIncomplete { return }
        let definitions = Dictionary(
            builder.parts.directives.map { directive in
                let types = directive.arguments.map { ($0.name, $0.type) }
                return (directive.name, Dictionary(types, uniquingKeysWith: { first, _ in first }))
            }, uniquingKeysWith: { first, _ in first })
        let coercion = InputCoercion(types: types, scalars: types.map { .named($0.name) })
        for document in builder.documents {
            for place in document.directivePlaces {
                for directive in document[place.directives] {
                    let directiveName = document.name(directive.name.id)
                    guard let types = definitions[directiveName] else { continue }
                    for argument in document[directive.arguments] {
                        let name = document.name(argument.name.id)
                        guard let type = types[name] else { continue }
                        let literal = Literal(document, argument.value)
                        let value = coercion.coerceLiteral(literal, to: type, variables: .none)
                        guard value == nil else { continue }
                        report(
                            "Argument \"@\(directiveName)(\(name):)\" has invalid value \(literal.printed).",
                            at: SourcePlace(document, document[argument.value].offset))
                    }
                }
            }
        }
    }

    /// A directive must not be applied to its own arguments, neither directly nor to the types of its arguments.
    mutating func validateDirectiveCycles() {
        let positions = Dictionary(
            builder.parts.directives.enumerated().map { ($0.element.name, $0.offset) },
            uniquingKeysWith: { first, _ in first })
        let directiveCount = builder.directiveNodes.count
        /// The directives and types that come next to a definition's own directives and types; types are numbered behind
        /// directives.
        func neighbours(_ inputs: some Sequence<(Document, InputValueDefinitionNode)>) -> [Int] {
            inputs.flatMap { document, input in
                let type = builder.typeIDs[document.name(document.namedType(input.type).id)]
                return names(input.directives, document) + (type.map { [directiveCount + $0.position] } ?? [])
            }
        }
        func names(_ directives: NodeRange<DirectiveNode>, _ document: Document) -> [Int] {
            document[directives].compactMap { positions[document.name($0.name.id)] }
        }
        let edges =
            builder.directiveNodes.map { document, node in
                neighbours(document[node.arguments].lazy.map { (document, $0) })
            }
            + builder.collected.map { type in
                type.nodes.flatMap { document, node in
                    names(node.directives, document)
                        + neighbours(document[node.inputFields].lazy.map { (document, $0) })
                        + document[node.enumValues].flatMap { names($0.directives, document) }
                }
            }
        let isOnCycle = CycleSearch.nodesOnCycles(in: edges)
        for (position, source) in builder.directiveNodes.enumerated()
        where isOnCycle[position] && !isBuiltIn(source.document) {
            let name = builder.parts.directives[position].name
            report(
                "Directive @\(name) cannot reference itself, directly or through the types of its arguments.",
                at: SourcePlace(source.document, source.node.offset))
        }
    }
}
