/// A directive that is applied to a definition may be given an argument only once.
///
/// Spec: 5.4.2 Argument Uniqueness
extension SDLValidationContext {
    mutating func uniqueArgumentNames() {
        forEachDirective { context, document, directive, _ in
            for (name, offsets) in document.repeated(document[directive.arguments].map(\.name)) {
                context.report(
                    .uniqueArgumentNames, "There can be only one argument named \"\(name)\".",
                    at: offsets.map { SourcePlace(document, $0) })
            }
        }
    }
}
