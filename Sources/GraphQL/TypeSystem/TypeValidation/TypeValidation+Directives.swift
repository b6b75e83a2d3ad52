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
        let definitions = Dictionary(
            builder.parts.directives.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let coercion = InputCoercion(types: types, scalars: types.map { .named($0.name) })
        for document in builder.documents {
            for place in document.directivePlaces {
                for directive in document[place.directives] {
                    guard let definition = definitions[document.name(directive.name.id)] else { continue }
                    for argument in document[directive.arguments] {
                        let name = document.name(argument.name.id)
                        guard let expected = definition.arguments.first(where: { $0.name == name }) else { continue }
                        let literal = Literal(document, argument.value)
                        let value = coercion.coerceLiteral(literal, to: expected.type, variables: .none)
                        guard value == nil else { continue }
                        report(
                            "Argument \"@\(definition.name)(\(name):)\" has invalid value \(literal.printed).",
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
        /// The directives and types that come next to a definition's own directives and types.
        func neighbours(_ inputs: some Sequence<(Document, InputValueDefinitionNode)>) -> [Reference] {
            inputs.flatMap { document, input in
                names(input.directives, document)
                    + (builder.typeIDs[document.name(document.namedType(input.type).id)].map { [.type($0)] } ?? [])
            }
        }
        func names(_ directives: NodeRange<DirectiveNode>, _ document: Document) -> [Reference] {
            document[directives].compactMap { positions[document.name($0.name.id)].map { .directive($0) } }
        }
        func next(_ reference: Reference) -> [Reference] {
            switch reference {
            case .directive(let position):
                let (document, node) = builder.directiveNodes[position]
                return neighbours(document[node.arguments].lazy.map { (document, $0) })
            case .type(let id):
                return builder.collected[id.position].nodes.flatMap { document, node in
                    names(node.directives, document)
                        + neighbours(document[node.inputFields].lazy.map { (document, $0) })
                        + document[node.enumValues].flatMap { names($0.directives, document) }
                }
            }
        }
        for (position, source) in builder.directiveNodes.enumerated() where !isBuiltIn(source.document) {
            var seen: Set<Reference> = []
            var pending = next(.directive(position))
            while let reference = pending.popLast() {
                guard seen.insert(reference).inserted else { continue }
                pending += next(reference)
            }
            guard seen.contains(.directive(position)) else { continue }
            let name = builder.parts.directives[position].name
            report(
                "Directive @\(name) cannot reference itself, directly or through the types of its arguments.",
                at: SourcePlace(source.document, source.node.offset))
        }
    }

    private enum Reference: Hashable {
        case directive(Int)
        case type(TypeID)
    }
}
