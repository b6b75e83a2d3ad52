extension Schema {
    /// What is wrong with a document that is to be executed against this schema.
    ///
    /// Given `scalars`, takes time in proportion to the document, whatever the size of the schema.
    ///
    /// - Parameters:
    ///   - document: any document that parses.
    ///   - scalars: how scalar types accept literals, by the position of the type; nil where custom ones take any.
    ///   - rules: the rules whose errors are wanted.
    ///   - limits: how many errors are wanted, and how deep introspection may go.
    /// - Returns: the errors, none for a valid document. After `Limits.validationErrors` there is one more, which says
    ///   that there were more.
    ///
    /// Spec: 5 Validation
    package func validate(
        _ document: Document, scalars: ContiguousArray<Scalar>? = nil, rules: ValidationRules = .all,
        limits: Limits = Limits()
    ) -> [GraphQLError] {
        let scalars = scalars ?? ContiguousArray(types.map { .named($0.name) })
        var context = ValidationContext(self, document, scalars: scalars, rules: rules, limits: limits)
        context.validate()
        return context.findings.errors(in: document)
    }
}

extension ValidationContext {
    /// Every rule, once. What can be told from a node and its surroundings is checked while the document is walked; the
    /// rest needs all definitions.
    mutating func validate() {
        executableDefinitions()
        uniqueOperationNames()
        loneAnonymousOperation()
        uniqueFragmentNames()
        for definition in document.definitions {
            let index = Int(definition.index)
            switch definition.kind {
            case .operation: visitOperation(index)
            case .fragment: visitFragmentDefinition(index)
            case .schema: visitSchemaDefinition(document.schemaDefinitions[index])
            case .type: visitTypeDefinition(document.typeDefinitions[index])
            case .directive: visitDirectiveDefinition(document.directiveDefinitions[index])
            }
        }
        noFragmentCycles()
        noUnusedFragments()
        singleFieldSubscriptions()
        checkVariables()
        overlappingFieldsCanBeMerged()
        maxIntrospectionDepth()
    }
}
