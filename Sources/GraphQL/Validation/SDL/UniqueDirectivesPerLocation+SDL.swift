/// A directive may be applied to one definition only once, its extensions included, unless it is repeatable.
///
/// Spec: 5.7.3 Directives Are Unique per Location
extension SDLValidationContext {
    mutating func uniqueDirectivesPerLocation() {
        var seenByTarget: [DirectivePlace.Target: [String: SourcePlace]] = [:]
        for place in directivePlaces {
            // What is written at other places has nothing to do with this one.
            if place.target == .other { seenByTarget[.other] = nil }
            for directive in place.document[place.directives] {
                let name = place.document.name(directive.name.id)
                guard let known = knownDirectives[name], !known.isRepeatable else { continue }
                let own = SourcePlace(place.document, directive.offset)
                if let first = seenByTarget[place.target]?[name] {
                    report(
                        .uniqueDirectivesPerLocation,
                        "The directive \"@\(name)\" can only be used once at this location.", at: first, own)
                } else {
                    seenByTarget[place.target, default: [:]][name] = own
                }
            }
        }
    }
}
