/// The arguments of a directive that is applied to a definition must be defined.
///
/// Spec: 5.4.1 Argument Names
extension SDLValidationContext {
    mutating func knownArgumentNamesOnDirectives() {
        forEachDirective { context, document, directive, _ in
            let name = document.name(directive.name.id)
            guard let known = context.knownDirectives[name] else { return }
            for argument in document[directive.arguments] {
                let argumentName = document.name(argument.name.id)
                let isKnown = known.argumentNames.contains(argumentName)
                guard !isKnown, context.wants(.knownArgumentNamesOnDirectives) else { continue }
                let hint = context.suggestion(for: argumentName, among: known.arguments.map(\.name))
                context.report(
                    .knownArgumentNamesOnDirectives,
                    "Unknown argument \"\(argumentName)\" on directive \"@\(name)\".\(hint)",
                    at: SourcePlace(document, argument.name.offset))
            }
        }
    }
}
