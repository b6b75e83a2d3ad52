/// A directive may be applied to one definition only once, its extensions included, unless it is repeatable.
///
/// Spec: 5.7.3 Directives Are Unique per Location
extension SDLValidationContext {
    mutating func uniqueDirectivesPerLocation() {
        var seenByTarget: [DirectivePlace.Target: [String: SourcePlace]] = [:]
        for place in directivePlaces {
            var seen = place.target == .other ? [:] : seenByTarget[place.target] ?? [:]
            for directive in place.document[place.directives] {
                let name = place.document.name(directive.name.id)
                guard let known = knownDirectives[name], !known.isRepeatable else { continue }
                let own = SourcePlace(place.document, directive.offset)
                if let first = seen[name] {
                    report(
                        .uniqueDirectivesPerLocation,
                        "The directive \"@\(name)\" can only be used once at this location.", at: first, own)
                } else {
                    seen[name] = own
                }
            }
            if place.target != .other { seenByTarget[place.target] = seen }
        }
    }
}
