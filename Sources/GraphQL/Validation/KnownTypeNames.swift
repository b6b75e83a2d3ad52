/// The types of variables and the type conditions of fragments must exist.
///
/// Spec: 5.5.1.2 Fragment Spread Type Existence, 5.8.2 Variables Are Input Types
extension ValidationContext {
    mutating func knownTypeNames(_ type: NameNode) {
        guard schema.type(named: names[type.id]) == nil, wants(.knownTypeNames) else { return }
        let isDefinedHere = document.typeDefinitions.contains { $0.name.id == type.id && !$0.isExtension }
        guard !isDefinedHere else { return }
        let name = name(type.id)
        let own = document.typeDefinitions.filter { !$0.isExtension }.map { self.name($0.name.id) }
        let hint = didYouMean(suggestions(for: name, among: schema.types.map(\.name) + own))
        report(.knownTypeNames, "Unknown type \"\(name)\".\(hint)", at: type.offset)
    }

    mutating func knownTypeNames(_ type: Index<TypeNode>) {
        var position = type.position
        while document.types[position].kind != .named { position += 1 }
        let named = document.types[position]
        knownTypeNames(NameNode(id: named.name, offset: named.offset))
    }
}
