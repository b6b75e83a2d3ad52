extension Schema {
    /// What is wrong with type-system definitions, by themselves or as extensions of a schema.
    ///
    /// - Parameters:
    ///   - documents: together the definitions of a schema, or its extension.
    ///   - schema: the schema that they extend; nil when they are to be one of their own.
    ///   - rules: the rules whose errors are wanted.
    /// - Returns: the errors, at most `SchemaErrors.maximum` and a note that there are more; none when a schema can be built.
    package static func validateSDL(
        _ documents: [Document], extending schema: Schema? = nil, rules: Set<SDLRule> = Set(SDLRule.allCases)
    ) -> [SchemaError] {
        SchemaErrors.limited(sdlErrors(documents, extending: schema, rules: rules))
    }

    /// What `validateSDL` finds, and one error too many where it finds that.
    static func sdlErrors(
        _ documents: [Document], extending schema: Schema? = nil, rules: Set<SDLRule> = Set(SDLRule.allCases)
    ) -> [SchemaError] {
        var context = SDLValidationContext(documents, extending: schema, rules: rules)
        context.validate()
        return context.errors
    }
}
