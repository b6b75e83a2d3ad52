/// The arguments of a field or a directive must have different names.
///
/// Spec: 3.6 Objects, 3.13 Directives, Type Validation
extension SDLValidationContext {
    mutating func uniqueArgumentDefinitionNames() {
        for type in typeNodes {
            let typeName = type.document.name(type.node.name.id)
            for field in type.document[type.node.fields] where field.arguments.count > 1 {
                let coordinate = "\(typeName).\(type.document.name(field.name.id))"
                checkArgumentNames(of: coordinate, field.arguments, type.document)
            }
        }
        for directive in directiveNodes where directive.node.arguments.count > 1 {
            let name = directive.document.name(directive.node.name.id)
            checkArgumentNames(of: "@\(name)", directive.node.arguments, directive.document)
        }
    }

    private mutating func checkArgumentNames(
        of coordinate: String, _ arguments: NodeRange<InputValueDefinitionNode>, _ document: Document
    ) {
        for (name, offsets) in document.repeated(document[arguments].map(\.name)) {
            report(
                .uniqueArgumentDefinitionNames,
                "Argument \"\(coordinate)(\(name):)\" can only be defined once.",
                at: offsets.map { SourcePlace(document, $0) })
        }
    }
}

extension Document {
    /// The names that occur more than once, with all their offsets, in order of their first occurrence.
    func repeated(_ names: [NameNode]) -> [(name: String, offsets: [UInt32])] {
        guard names.count > 1 else { return [] }
        var offsets: [NameID: [UInt32]] = [:]
        for name in names { offsets[name.id, default: []].append(name.offset) }
        var repeated: [(name: String, offsets: [UInt32])] = []
        for name in names {
            guard let places = offsets.removeValue(forKey: name.id), places.count > 1 else { continue }
            repeated.append((self.name(name.id), places))
        }
        return repeated
    }
}
