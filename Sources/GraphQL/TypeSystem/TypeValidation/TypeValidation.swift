/// Holds a schema as a whole to the specification: every "Type Validation" section is a method here, or of an extension.
///
/// All errors are found in one pass. Of what the builder had to leave out, nothing is said: `SDLRule` tells why, and that
/// it is missing elsewhere is a consequence. Messages are worded as graphql-js words them, where it has the check, and name the
/// place by its schema coordinate.
///
/// Spec: 3.3 Schema, and Type Validation in 3.6 Objects to 3.13 Directives
struct TypeValidation {
    let builder: SchemaBuilder
    let types: ContiguousArray<NamedType>
    /// For each type what it implements, and the unions that it is a member of.
    private(set) var supertypes: [Set<TypeID>]
    /// Whether a literal may be no value of its type only because a part of an enum or input object was left out.
    let isInputIncomplete: Bool
    private(set) var errors: [SchemaError] = []

    private init(_ builder: SchemaBuilder) {
        self.builder = builder
        let types = builder.parts.types
        self.types = types
        isInputIncomplete = builder.incomplete.contains { name in
            builder.typeIDs[name].map { [.enum, .inputObject].contains(types[$0.position].kind) } ?? false
        }
        supertypes = types.map { Set($0.interfaces) }
        for type in types where type.kind == .union {
            for member in type.possibleTypes { supertypes[member.position].insert(type.id) }
        }
    }

    /// What is wrong with the types and directives that are built.
    static func errors(of builder: SchemaBuilder) -> [SchemaError] {
        var validation = TypeValidation(builder)
        validation.validateRootTypes()
        validation.validateDirectives()
        for position in validation.types.indices where !builder.collected[position].isBuiltIn && !validation.isFull {
            validation.validate(validation.types[position])
        }
        validation.validateInputObjectCycles()
        validation.validateDefaultValueCycles()
        validation.validateDirectiveCycles()
        validation.validateAppliedDirectives()
        return validation.errors
    }

    private mutating func validate(_ type: NamedType) {
        checkName(type.name, place(of: type))
        switch type.kind {
        case .scalar: break
        case .object, .interface:
            validateFields(type)
            validateInterfaces(type)
        case .union: validateUnionMembers(type)
        case .enum: validateEnumValues(type)
        case .inputObject: validateInputFields(type)
        }
    }

    // MARK: Reporting

    /// Whether no more errors are taken.
    var isFull: Bool { errors.count > SchemaErrors.maximum }

    mutating func report(_ message: String, at places: [SourcePlace]) {
        if !isFull { errors.append(SchemaError(message, places)) }
    }

    mutating func report(_ message: String, at places: SourcePlace...) {
        report(message, at: places)
    }

    /// Spec: 2.1.9 Names, Reserved Names
    mutating func checkName(_ name: String, _ place: SourcePlace) {
        guard name.hasPrefix("__") else { return }
        report("Name \"\(name)\" must not begin with \"__\", which is reserved by GraphQL introspection.", at: place)
    }

    // MARK: Asking

    /// Where the type's definition begins.
    func place(of type: NamedType) -> SourcePlace {
        let collected = builder.collected[type.id.position]
        return SourcePlace(collected.document, collected.definition.offset)
    }

    /// Where the type's definition and its extensions begin.
    func places(of type: NamedType) -> [SourcePlace] {
        builder.collected[type.id.position].nodes.map { SourcePlace($0.document, $0.node.offset) }
    }

    /// The names that a type's definition and extensions list (what it implements, a union's members), as written.
    func members(of type: NamedType) -> [(name: String, place: SourcePlace)] {
        builder.collected[type.id.position].nodes.flatMap { document, node in
            document[node.members].map { (document.name($0.name.id), SourcePlace(document, $0.name.offset)) }
        }
    }

    func type(named name: String) -> NamedType? { builder.typeIDs[name].map { types[$0.position] } }

    func name(of type: TypeReference) -> String { types.name(of: type) }

    /// Whether something that is written of the type was left out.
    func isIncomplete(_ type: NamedType) -> Bool { builder.incomplete.contains(type.name) }

    /// The arguments of a field or directive, or the fields of an input object, with where they are written: in the same
    /// order, but some nodes may have been left out.
    func inputs(
        _ definitions: [InputValueDefinition], _ nodes: [(document: Document, node: InputValueDefinitionNode)]
    ) -> [Input] {
        var nodes = nodes.makeIterator()
        return definitions.compactMap { definition in
            while let (document, node) = nodes.next() {
                if document.name(node.name.id) == definition.name {
                    return Input(definition: definition, document: document, node: node)
                }
            }
            return nil
        }
    }

    /// The arguments of a field, with where they are written.
    func arguments(of field: FieldDefinition) -> [Input] {
        let source = builder.fieldNodes[field.id.position]
        return inputs(field.arguments, source.document[source.node.arguments].map { (source.document, $0) })
    }

    /// The fields of an input object type, with where they are written.
    func inputFields(of type: NamedType) -> [Input] {
        let nodes = builder.collected[type.id.position].nodes.flatMap { document, node in
            document[node.inputFields].map { (document, $0) }
        }
        return inputs(type.inputFields, nodes)
    }

    /// An argument or input field, and where it is written.
    struct Input {
        let definition: InputValueDefinition
        let document: Document
        let node: InputValueDefinitionNode

        var place: SourcePlace { SourcePlace(document, node.offset) }
        var typePlace: SourcePlace { SourcePlace(document, document[node.type].offset) }
        /// Where `@deprecated` is applied.
        var deprecatedPlace: SourcePlace? {
            document[node.directives].first { document.name($0.name.id) == "deprecated" }
                .map { SourcePlace(document, $0.offset) }
        }
    }
}
