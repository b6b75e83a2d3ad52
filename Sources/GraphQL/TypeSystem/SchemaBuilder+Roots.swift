extension SchemaBuilder {
    mutating func makeDirective(_ document: Document, _ node: DirectiveDefinitionNode) {
        var locations: [DirectiveLocation] = []
        for reference in document.nameReferences[node.locations.positions] {
            guard let location = DirectiveLocation(rawValue: document.name(reference.name.id)) else {
                report(
                    "Unknown directive location \"\(document.name(reference.name.id))\".", document,
                    reference.name.offset)
                continue
            }
            locations.append(location)
        }
        parts.directives.append(
            DirectiveDefinition(
                name: document.name(node.name.id),
                description: node.description.map { document.string(of: $0) },
                arguments: makeInputValues(node.arguments, document),
                isRepeatable: node.isRepeatable,
                locations: locations
            ))
    }

    /// Spec: 3.3.1 Root Operation Types, default names included
    mutating func makeRoots() {
        var roots: [OperationType: TypeID] = [:]
        for (document, node) in schemaNodes {
            if let description = node.description { parts.description = document.string(of: description) }
            for root in document.rootOperationTypes[node.rootOperationTypes.positions] {
                let name = document.name(root.type.id)
                guard let id = typeIDs[name] else { continue }
                if roots[root.operationType] == nil { roots[root.operationType] = id }
            }
        }
        if !schemaNodes.contains(where: { !$0.node.isExtension }) {
            for type in OperationType.allCases where roots[type] == nil {
                roots[type] = typeIDs[type.defaultRootName].flatMap {
                    parts.types[$0.position].kind == .object ? $0 : nil
                }
            }
        }
        parts.queryType = roots[.query]
        parts.mutationType = roots[.mutation]
        parts.subscriptionType = roots[.subscription]
        if let query = roots[.query], metaType != nil {
            // The meta-fields read as fields of the query root, in error messages too.
            for position in parts.fields.indices.suffix(3) { parts.fields[position].parentType = query }
        }
    }

    mutating func collectPossibleTypes() {
        for position in parts.types.indices where parts.types[position].kind == .object {
            let id = parts.types[position].id
            parts.types[position].possibleTypes = [id]
            for interface in parts.types[position].interfaces {
                parts.types[interface.position].possibleTypes.append(id)
            }
        }
    }

    /// Spec: 3.13.3 @deprecated
    mutating func deprecationReason(_ range: NodeRange<DirectiveNode>, _ document: Document) -> String? {
        let isDeprecated = document.directives[range.positions].contains { document.name($0.name.id) == "deprecated" }
        guard isDeprecated else { return nil }
        return string(of: "reason", on: "deprecated", range, document) ?? "No longer supported"
    }

    func string(
        of argument: String, on directive: String, _ range: NodeRange<DirectiveNode>, _ document: Document
    ) -> String? {
        for node in document.directives[range.positions] where document.name(node.name.id) == directive {
            for given in document.arguments[node.arguments.positions] where document.name(given.name.id) == argument {
                let kind = document.values[given.value.position].kind
                if kind == .string || kind == .blockString { return document.string(of: given.value) }
            }
        }
        return nil
    }
}
