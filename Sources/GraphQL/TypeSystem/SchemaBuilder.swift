extension Schema {
    /// Builds a schema from the type-system definitions and extensions of documents, which make it up together.
    ///
    /// - Throws: every problem found, up to a limit, each with the places where it is written. First the definitions
    ///   are held to the rules of `SDLRule`, then the schema as a whole to those of `TypeValidation`.
    ///
    /// Spec: 3 Type System
    package convenience init(_ documents: [Document]) throws(SchemaErrors) {
        var errors = Schema.sdlErrors(documents)
        let builder = SchemaBuilder(documents)
        errors += builder.errors + TypeValidation.errors(of: builder)
        guard errors.isEmpty else { throw SchemaErrors(list: SchemaErrors.limited(errors)) }
        self.init(builder.parts)
    }

    /// Builds a schema from the definitions of several documents.
    package convenience init(_ documents: Document...) throws(SchemaErrors) {
        try self.init(documents)
    }

    /// Builds a schema as far as that is possible: what makes no sense is left out, and nothing is reported.
    ///
    /// - Parameters:
    ///   - documents: the definitions.
    ///   - builtIns: the specified scalars, directives and introspection types; nil for those of this specification.
    package convenience init(unchecked documents: [Document], builtIns: Document? = nil) {
        self.init(SchemaBuilder(documents, builtIns: builtIns ?? BuiltInDefinitions.document).parts)
    }

    /// What every schema has, and nothing else.
    static let builtIn = Schema(unchecked: [])

    /// What is wrong with the schema that documents make up, once their definitions keep the rules of `SDLRule`.
    package static func validate(_ documents: [Document]) -> [SchemaError] {
        let builder = SchemaBuilder(documents)
        return SchemaErrors.limited(builder.errors + TypeValidation.errors(of: builder))
    }
}

/// What a `Schema` is made from.
struct SchemaParts {
    var description: String?
    var types: ContiguousArray<NamedType> = []
    var fields: ContiguousArray<FieldDefinition> = []
    var directives: [DirectiveDefinition] = []
    /// Of the fields that have some.
    var costHints: [FieldID: CostHints] = [:]
    var queryType: TypeID?
    var mutationType: TypeID?
    var subscriptionType: TypeID?
    var names = NameTable()
}

/// Gathers definitions and extensions by name, then builds each type once.
///
/// It builds what it can: definitions that contradict others are left out without a word, since the rules of `SDLRule`
/// and `TypeValidation` report them. `errors` are those that only building finds.
struct SchemaBuilder {
    /// The documents that make up the schema, without the built-in one.
    let documents: [Document]
    private(set) var errors: [SchemaError] = []
    /// The types of which something that is written was left out: what they lack is no mistake of its own.
    private(set) var incomplete: Set<String> = []
    var parts = SchemaParts()

    /// A definition of a type with the extensions that belong to it.
    struct CollectedType {
        let document: Document
        let definition: TypeDefinitionNode
        let isBuiltIn: Bool
        var extensions: [(document: Document, node: TypeDefinitionNode)] = []

        var name: String { document.name(definition.name.id) }
        var nodes: [(document: Document, node: TypeDefinitionNode)] { [(document, definition)] + extensions }
    }

    var collected: [CollectedType] = []
    var typeIDs: [String: TypeID] = [:]
    var typeExtensions: [(document: Document, node: TypeDefinitionNode)] = []
    var schemaNodes: [(document: Document, node: SchemaDefinitionNode)] = []
    var directiveNodes: [(document: Document, node: DirectiveDefinitionNode)] = []
    private var directiveNames: Set<String> = []
    /// Where the fields and directives of `parts` are written.
    var fieldNodes: ContiguousArray<SourceNode<FieldDefinitionNode>> = []
    /// The types that fields, arguments and input fields name.
    private var referencedNames: Set<String> = []
    /// Holds the meta-fields; it is no type of the schema.
    var metaType: CollectedType?

    init(_ documents: [Document], builtIns: Document = BuiltInDefinitions.document) {
        self.documents = documents
        for document in documents { collect(document, isBuiltIn: false) }
        collect(builtIns, isBuiltIn: true)
        build()
    }

    /// Takes the definitions of a document; the built-in ones come last.
    private mutating func collect(_ document: Document, isBuiltIn: Bool) {
        for type in document.types where type.kind == .named && !isBuiltIn {
            referencedNames.insert(document.name(type.name))
        }
        for node in document.typeDefinitions {
            let name = document.name(node.name.id)
            if isBuiltIn, node.kind == .scalar, isUnused(scalar: name) { continue }
            if !isBuiltIn, !node.isExtension, BuiltInDefinitions.typeNames.contains(name) {
                // `scalar Int` should be left out, but says nothing wrong.
                if node.kind != .scalar || name.hasPrefix("__") { reportBuiltIn(name, document, node.name.offset) }
                continue
            }
            if node.isExtension {
                typeExtensions.append((document, node))
            } else if isBuiltIn, name == "__Meta" {
                metaType = CollectedType(document: document, definition: node, isBuiltIn: true)
            } else if typeIDs[name] == nil {
                typeIDs[name] = TypeID(UInt32(collected.count))
                collected.append(CollectedType(document: document, definition: node, isBuiltIn: isBuiltIn))
            } else {
                leaveOut(of: name)
            }
        }
        for node in document.schemaDefinitions { schemaNodes.append((document, node)) }
        for node in document.directiveDefinitions
        where directiveNames.insert(document.name(node.name.id)).inserted {
            directiveNodes.append((document, node))
        }
    }

    /// Spec: 3.3 Schema, "no provided type may have a name which conflicts with any built in types"
    private mutating func reportBuiltIn(_ name: String, _ document: Document, _ offset: UInt32) {
        report(
            "Type \"\(name)\" already exists in the schema. It cannot also be defined in this type definition.",
            document, offset)
    }

    /// Spec: 3.5 Scalars, Built-in Scalars: one that nothing refers to is no type of the schema. Introspection itself
    /// refers to two.
    private func isUnused(scalar name: String) -> Bool {
        name != "String" && name != "Boolean" && !referencedNames.contains(name)
    }

    private mutating func build() {
        for (document, node) in typeExtensions {
            let name = document.name(node.name.id)
            guard let id = typeIDs[name], collected[id.position].definition.kind == node.kind else {
                leaveOut(of: name)
                continue
            }
            collected[id.position].extensions.append((document, node))
        }
        for (position, type) in collected.enumerated() {
            parts.types.append(makeType(type, TypeID(UInt32(position))))
        }
        if let metaType { _ = makeFields(metaType, TypeID(.max)) }
        for (document, node) in directiveNodes { makeDirective(document, node) }
        makeRoots()
        collectPossibleTypes()
        // One that the type doesn't accept is reported by `TypeValidation`.
        parts.coerceDefaultValues(ContiguousArray(parts.types.map { .named($0.name) }))
    }

    mutating func report(_ message: String, _ document: Document, _ offset: UInt32) {
        errors.append(SchemaError(message, [SourcePlace(document, offset)]))
    }

    /// Notes that something that is written of a type is not part of what is built.
    mutating func leaveOut(of type: String) { incomplete.insert(type) }
}
