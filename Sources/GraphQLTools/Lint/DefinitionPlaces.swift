package import GraphQL

/// Where the elements of a schema are defined: the byte offsets of their names.
package struct DefinitionPlaces {
    private var offsets: [SchemaCoordinate: UInt32] = [:]

    /// Reads definitions and extensions. Of several with one coordinate, the first counts.
    package init(_ document: Document) {
        for node in document.typeDefinitions {
            let type = document.name(node.name.id)
            if !node.isExtension { note(.type(type), node.name) }
            for field in document[node.fields] {
                let name = document.name(field.name.id)
                note(.member(type: type, name: name), field.name)
                for argument in document[field.arguments] {
                    let argumentName = document.name(argument.name.id)
                    note(.argument(type: type, field: name, name: argumentName), argument.name)
                }
            }
            for field in document[node.inputFields] {
                note(.member(type: type, name: document.name(field.name.id)), field.name)
            }
            for value in document[node.enumValues] {
                note(.member(type: type, name: document.name(value.name.id)), value.name)
            }
        }
        for node in document.directiveDefinitions {
            let directive = document.name(node.name.id)
            note(.directive(directive), node.name)
            for argument in document[node.arguments] {
                note(.directiveArgument(directive: directive, name: document.name(argument.name.id)), argument.name)
            }
        }
    }

    private mutating func note(_ coordinate: SchemaCoordinate, _ name: NameNode) {
        if offsets[coordinate] == nil { offsets[coordinate] = name.offset }
    }

    package subscript(coordinate: SchemaCoordinate) -> UInt32? { offsets[coordinate] }
}
