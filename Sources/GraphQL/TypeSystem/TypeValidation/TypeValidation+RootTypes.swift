/// Spec: 3.3.1 Root Operation Types
extension TypeValidation {
    mutating func validateRootTypes() {
        let definition = builder.schemaNodes.first { !$0.node.isExtension }
        var kinds: [TypeID: [OperationType]] = [:]
        for operationType in OperationType.allCases {
            guard let (name, place) = root(operationType, isDefined: definition != nil), let type = type(named: name)
            else { continue }
            if type.kind == .object {
                kinds[type.id, default: []].append(operationType)
                continue
            }
            let provided = operationType == .query ? "" : " if provided"
            let what = "\(operationType)".prefix(1).uppercased() + "\(operationType)".dropFirst()
            report(
                "\(what) root type must be Object type\(provided), it cannot be \(name).",
                at: place ?? self.place(of: type))
        }
        let isLeftOut = definition == nil && builder.incomplete.contains(OperationType.query.defaultRootName)
        if root(.query, isDefined: definition != nil) == nil, !isLeftOut {
            report(
                "Query root type must be provided.",
                at: definition.map { [SourcePlace($0.document, $0.node.offset)] } ?? [])
        }
        for type in types {
            guard let roots = kinds[type.id], roots.count > 1 else { continue }
            report(
                "All root types must be different, \"\(type.name)\" type is used as "
                    + "\(roots.map { "\($0)" }.joined(separator: " and ")) root types.",
                at: roots.map { root($0, isDefined: definition != nil)?.place ?? place(of: type) })
        }
    }

    /// The name of a root type, and where a schema definition or extension gives it; the default name where there is no
    /// schema definition.
    private func root(_ operationType: OperationType, isDefined: Bool) -> (name: String, place: SourcePlace?)? {
        for (document, node) in builder.schemaNodes {
            for root in document[node.rootOperationTypes] where root.operationType == operationType {
                return (document.name(root.type.id), SourcePlace(document, root.type.offset))
            }
        }
        let name = operationType.defaultRootName
        return isDefined || type(named: name) == nil ? nil : (name, nil)
    }
}
