/// A directive must be defined, and allowed where it stands.
///
/// Spec: 5.7.1 Directives Are Defined, 5.7.2 Directives Are in Valid Locations
extension ValidationContext {
    /// Checks a directive whose definition is nil when the schema has none.
    mutating func knownDirectives(
        _ directive: DirectiveNode, _ definition: Int?, _ location: DirectiveLocation
    ) {
        if let definition, facts.directives[definition].locations & location.bit != 0 { return }
        guard wants(.knownDirectives) else { return }
        let name = name(directive.name.id)
        if definition != nil || isDefinedHere(directive.name.id, for: location) == false {
            report(
                .knownDirectives, "Directive \"@\(name)\" may not be used on \(location.rawValue).",
                at: directive.offset)
        } else if isDefinedHere(directive.name.id, for: location) == nil {
            report(.knownDirectives, "Unknown directive \"@\(name)\".", at: directive.offset)
        }
    }

    /// Whether the document defines the directive itself, though it may not, and allows this location; nil when it
    /// doesn't define it.
    private func isDefinedHere(_ name: NameID, for location: DirectiveLocation) -> Bool? {
        ownDirectives[name].map { $0 & location.bit != 0 }
    }
}

extension DirectiveDefinitionNode {
    /// A bit for each location that the definition names.
    func locationBits(in document: Document) -> UInt32 {
        document[locations].reduce(0) { bits, location in
            bits | (DirectiveLocation(rawValue: document.name(location.name.id))?.bit ?? 0)
        }
    }
}
