/// A directive may stand in one place only once, unless it is repeatable.
///
/// Spec: 5.7.3 Directives Are Unique per Location
extension ValidationContext {
    mutating func uniqueDirectivesPerLocation(_ directives: NodeRange<DirectiveNode>) {
        guard directives.count > 1 else { return }
        beginMarking()
        for position in directives.positions {
            let directive = document.directives[position]
            guard !insertMark(directive.name.id), wants(.uniqueDirectivesPerLocation) else { continue }
            guard let definition = schema.directive(named: names[directive.name.id]),
                !facts.directives[definition].isRepeatable,
                let first = document[directives].first(where: { $0.name.id == directive.name.id })
            else { continue }
            report(
                .uniqueDirectivesPerLocation,
                "The directive \"@\(name(directive.name.id))\" can only be used once at this location.",
                at: first.offset, directive.offset)
        }
    }
}
