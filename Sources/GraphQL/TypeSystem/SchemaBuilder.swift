/// All that is wrong with a schema.
package struct SchemaErrors: Error, Sendable {
    package let errors: [GraphQLError]
}

extension Schema {
    /// Builds a schema from the type-system definitions and extensions of `documents`.
    ///
    /// - Throws: every problem found, each with the place where it is written.
    ///
    /// Spec: 3 Type System
    package convenience init(_ documents: Document...) throws(SchemaErrors) {
        let builtIns: Document
        do throws(SyntaxError) {
            builtIns = try Document(parsing: BuiltInDefinitions.text, limits: .trusted)
        } catch {
            throw SchemaErrors(errors: [GraphQLError(error.message)])
        }
        var builder = SchemaBuilder()
        for document in documents { builder.collect(document, isBuiltIn: false) }
        builder.collect(builtIns, isBuiltIn: true)
        builder.build()
        guard builder.errors.isEmpty else { throw SchemaErrors(errors: builder.errors) }
        self.init(builder.parts)
    }
}

/// What a `Schema` is made from.
struct SchemaParts {
    var description: String?
    var types: ContiguousArray<NamedType> = []
    var fields: ContiguousArray<FieldDefinition> = []
    var directives: [DirectiveDefinition] = []
    var queryType: TypeID?
    var mutationType: TypeID?
    var subscriptionType: TypeID?
    var names = NameTable()
}

/// Gathers definitions and extensions by name, then builds each type once.
struct SchemaBuilder {
    var errors: [GraphQLError] = []
    var parts = SchemaParts()

    /// A definition of a type with the extensions that belong to it.
    struct CollectedType {
        let document: Document
        let definition: TypeDefinitionNode
        var extensions: [(document: Document, node: TypeDefinitionNode)] = []

        var nodes: [(document: Document, node: TypeDefinitionNode)] { [(document, definition)] + extensions }
    }

    var collected: [CollectedType] = []
    var typeIDs: [String: TypeID] = [:]
    var typeExtensions: [(document: Document, node: TypeDefinitionNode)] = []
    var schemaNodes: [(document: Document, node: SchemaDefinitionNode)] = []
    var directiveNodes: [(document: Document, node: DirectiveDefinitionNode)] = []
    var directiveNames: Set<String> = []
    /// The types that fields, arguments and input fields name.
    private var referencedNames: Set<String> = []
    /// Holds the meta-fields; it is no type of the schema.
    var metaType: CollectedType?

    /// Takes the definitions of a document; the built-in ones come last.
    mutating func collect(_ document: Document, isBuiltIn: Bool) {
        for type in document.types where type.kind == .named && !isBuiltIn {
            referencedNames.insert(document.name(type.name))
        }
        for node in document.typeDefinitions {
            let name = document.name(node.name.id)
            if isBuiltIn, node.kind == .scalar, isUnused(scalar: name) { continue }
            if node.isExtension {
                typeExtensions.append((document, node))
            } else if isBuiltIn, name == "__Meta" {
                metaType = CollectedType(document: document, definition: node)
            } else if typeIDs[name] == nil {
                if !isBuiltIn { checkName(name, document, node.name.offset) }
                typeIDs[name] = TypeID(UInt32(collected.count))
                collected.append(CollectedType(document: document, definition: node))
            } else if !isBuiltIn {
                report("There can be only one type named \"\(name)\".", document, node.name.offset)
            }
        }
        for node in document.schemaDefinitions { schemaNodes.append((document, node)) }
        for node in document.directiveDefinitions {
            let name = document.name(node.name.id)
            if directiveNames.insert(name).inserted {
                directiveNodes.append((document, node))
            } else if !isBuiltIn {
                report("There can be only one directive named \"@\(name)\".", document, node.name.offset)
            }
        }
    }

    /// Spec: 3.5 Scalars, Built-in Scalars: one that nothing refers to is no type of the schema. Introspection itself
    /// refers to two.
    private func isUnused(scalar name: String) -> Bool {
        name != "String" && name != "Boolean" && !referencedNames.contains(name)
    }

    mutating func build() {
        for (document, node) in typeExtensions {
            let name = document.name(node.name.id)
            guard let id = typeIDs[name] else {
                report("Cannot extend type \"\(name)\" because it is not defined.", document, node.name.offset)
                continue
            }
            if collected[id.position].definition.kind != node.kind {
                report("Cannot extend \"\(name)\" as another kind of type.", document, node.name.offset)
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
        guard errors.isEmpty else { return }
        coerceDefaultValues()
        checkImplementations()
    }

    mutating func report(_ message: String, _ document: Document, _ offset: UInt32) {
        errors.append(GraphQLError(message, locations: [document.location(offset)]))
    }

    /// Spec: 2.1.9 Names, reserved names
    mutating func checkName(_ name: String, _ document: Document, _ offset: UInt32) {
        guard name.hasPrefix("__") else { return }
        report(
            "Name \"\(name)\" must not begin with \"__\", which is reserved by GraphQL introspection.", document, offset
        )
    }
}
