/// There must be at most one schema definition, and none beside a schema that is being extended.
///
/// Spec: 3.3 Schema, "a document may include at most one schema definition"
extension SDLValidationContext {
    mutating func loneSchemaDefinition() {
        let isDefined = schema.map { $0.queryType != nil || $0.mutationType != nil || $0.subscriptionType != nil }
        var count = 0
        for schemaNode in schemaNodes where !schemaNode.node.isExtension {
            let place = SourcePlace(schemaNode.document, schemaNode.node.offset)
            if isDefined ?? false {
                report(.loneSchemaDefinition, "Cannot define a new schema within a schema extension.", at: place)
                continue
            }
            if count > 0 { report(.loneSchemaDefinition, "Must provide only one schema definition.", at: place) }
            count += 1
        }
    }
}
