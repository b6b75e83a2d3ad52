extension Document {
    /// Too many directives must not stand in one place. The first place with more is reported.
    ///
    /// This is checked before the document is validated: most of the directives would be wrong, and no error would name
    /// the limit.
    func maxDirectives(_ limits: Limits) -> GraphQLError? {
        guard let limit = limits.directivesPerPlace, directives.count > limit else { return nil }
        var first: (offset: UInt32, count: Int)?
        func look(_ range: NodeRange<DirectiveNode>) {
            guard range.count > limit else { return }
            let offset = directives[range.positions.lowerBound + limit].offset
            if first.map({ offset < $0.offset }) ?? true { first = (offset, range.count) }
        }
        for operation in operations { look(operation.directives) }
        for variable in variableDefinitions { look(variable.directives) }
        for fragment in fragments { look(fragment.directives) }
        for selection in selections { look(selection.directives) }
        return first.map { offset, count in
            GraphQLError(
                "There are \(count) directives in one place; the limit is \(limit).", locations: [location(offset)])
        }
    }
}
