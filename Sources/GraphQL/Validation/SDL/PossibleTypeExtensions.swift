/// An extension must extend a type that is defined, of the same kind.
///
/// Spec: 3.4.3 Type Extensions, Type Validation of each kind
extension SDLValidationContext {
    mutating func possibleTypeExtensions() {
        lazy var typeNames = Array(definedTypes.keys) + (schema?.types.map(\.name) ?? [])
        for type in typeNodes where type.node.isExtension && wants(.possibleTypeExtensions) {
            let name = type.document.name(type.node.name.id)
            let place = SourcePlace(type.document, type.node.offset)
            let definition = definedTypes[name]
            guard let kind = definition?.node.kind ?? schema?.type(named: name)?.kind else {
                let hint = suggestion(for: name, among: typeNames)
                report(
                    .possibleTypeExtensions, "Cannot extend type \"\(name)\" because it is not defined.\(hint)",
                    at: SourcePlace(type.document, type.node.name.offset))
                continue
            }
            guard kind != type.node.kind else { continue }
            report(
                .possibleTypeExtensions, "Cannot extend non-\(type.node.kind.description) type \"\(name)\".",
                at: (definition.map { [SourcePlace($0.document, $0.node.offset)] } ?? []) + [place])
        }
    }
}

extension TypeDefinitionNode.Kind {
    /// What messages call a type of this kind.
    package var description: String {
        switch self {
        case .scalar: "scalar"
        case .object: "object"
        case .interface: "interface"
        case .union: "union"
        case .enum: "enum"
        case .inputObject: "input object"
        }
    }
}
