/// A place in type-system definitions where directives stand.
struct DirectivePlace {
    /// What the directives are applied to, as far as places belong together: an extension continues its definition.
    enum Target: Hashable {
        case schema
        case type(String)
        case other
    }

    let document: Document
    let directives: NodeRange<DirectiveNode>
    let location: DirectiveLocation
    let target: Target
}

extension Document {
    /// Every place with directives in the document's type-system definitions, in source order of the definitions.
    var directivePlaces: [DirectivePlace] {
        var places: [DirectivePlace] = []
        func add(
            _ directives: NodeRange<DirectiveNode>, _ location: DirectiveLocation,
            _ target: DirectivePlace.Target = .other
        ) {
            guard !directives.isEmpty else { return }
            places.append(DirectivePlace(document: self, directives: directives, location: location, target: target))
        }
        func add(_ inputs: NodeRange<InputValueDefinitionNode>, _ location: DirectiveLocation) {
            for input in self[inputs] { add(input.directives, location) }
        }
        for definition in definitions {
            let index = Int(definition.index)
            switch definition.kind {
            case .operation, .fragment: continue
            case .schema: add(schemaDefinitions[index].directives, .schema, .schema)
            case .directive: add(directiveDefinitions[index].arguments, .argumentDefinition)
            case .type:
                let type = typeDefinitions[index]
                add(type.directives, .definition(of: type.kind), .type(name(type.name.id)))
                for field in self[type.fields] {
                    add(field.arguments, .argumentDefinition)
                    add(field.directives, .fieldDefinition)
                }
                add(type.inputFields, .inputFieldDefinition)
                for value in self[type.enumValues] { add(value.directives, .enumValue) }
            }
        }
        return places
    }
}
