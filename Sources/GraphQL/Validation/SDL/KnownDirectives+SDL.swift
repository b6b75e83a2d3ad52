/// A directive that is applied to a definition must be defined, and allowed there.
///
/// Spec: 5.7.1 Directives Are Defined, 5.7.2 Directives Are in Valid Locations
extension SDLValidationContext {
    mutating func checkKnownDirectives() {
        forEachDirective { context, document, directive, place in
            let name = document.name(directive.name.id)
            guard let known = context.knownDirectives[name] else {
                context.report(
                    .knownDirectives, "Unknown directive \"@\(name)\".", at: SourcePlace(document, directive.offset))
                return
            }
            guard !known.locations.contains(place.location.rawValue) else { return }
            context.report(
                .knownDirectives, "Directive \"@\(name)\" may not be used on \(place.location.rawValue).",
                at: SourcePlace(document, directive.offset))
        }
    }

    /// Every directive that is applied, in order.
    mutating func forEachDirective(
        _ body: (inout SDLValidationContext, Document, DirectiveNode, DirectivePlace) -> Void
    ) {
        for place in directivePlaces {
            for directive in place.document[place.directives] { body(&self, place.document, directive, place) }
        }
    }
}
