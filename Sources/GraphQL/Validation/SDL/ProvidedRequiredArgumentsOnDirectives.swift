/// A directive that is applied to a definition must be given every argument that it requires.
///
/// Spec: 5.4.3 Required Arguments
extension SDLValidationContext {
    mutating func providedRequiredArgumentsOnDirectives() {
        forEachDirective { context, document, directive, _ in
            let name = document.name(directive.name.id)
            guard let known = context.knownDirectives[name] else { return }
            // Those that are not asked for, or not again: an argument may, wrongly, be defined twice.
            var settled = Set(document[directive.arguments].map { document.name($0.name.id) })
            for argument in known.arguments where argument.isRequired && settled.insert(argument.name).inserted {
                context.report(
                    .providedRequiredArgumentsOnDirectives,
                    "Directive \"@\(name)\" argument \"\(argument.name)\" of type \"\(argument.typeName)\" is required, "
                        + "but it was not provided.",
                    at: SourcePlace(document, directive.offset))
            }
        }
    }
}
