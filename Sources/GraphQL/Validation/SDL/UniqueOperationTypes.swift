/// A schema must name at most one root type for each kind of operation.
///
/// Spec: 3.3.1 Root Operation Types
extension SDLValidationContext {
    mutating func uniqueOperationTypes() {
        var defined: [OperationType: SourcePlace] = [:]
        for schemaNode in schemaNodes {
            let document = schemaNode.document
            for root in document[schemaNode.node.rootOperationTypes] {
                let place = SourcePlace(document, root.offset)
                if schema?.rootType(for: root.operationType) != nil {
                    report(
                        .uniqueOperationTypes,
                        "Type for \(root.operationType) already defined in the schema. It cannot be redefined.",
                        at: place)
                } else if let first = defined[root.operationType] {
                    report(
                        .uniqueOperationTypes, "There can be only one \(root.operationType) type in schema.",
                        at: first, place)
                } else {
                    defined[root.operationType] = place
                }
            }
        }
    }
}
