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
    private(set) var errors: [GraphQLError] = []
    private(set) var parts = SchemaParts()

    /// A definition of a type with the extensions that belong to it.
    private struct CollectedType {
        let document: Document
        let definition: TypeDefinitionNode
        var extensions: [(document: Document, node: TypeDefinitionNode)] = []

        var nodes: [(document: Document, node: TypeDefinitionNode)] { [(document, definition)] + extensions }
    }

    private var collected: [CollectedType] = []
    private var typeIDs: [String: TypeID] = [:]
    private var typeExtensions: [(document: Document, node: TypeDefinitionNode)] = []
    private var schemaNodes: [(document: Document, node: SchemaDefinitionNode)] = []
    private var directiveNodes: [(document: Document, node: DirectiveDefinitionNode)] = []
    private var directiveNames: Set<String> = []
    /// Holds the meta-fields; it is no type of the schema.
    private var metaType: CollectedType?

    mutating func collect(_ document: Document, isBuiltIn: Bool) {
        for node in document.typeDefinitions {
            let name = document.name(node.name.id)
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

    private mutating func report(_ message: String, _ document: Document, _ offset: UInt32) {
        errors.append(GraphQLError(message, locations: [document.location(offset)]))
    }

    /// Spec: 2.1.9 Names, reserved names
    private mutating func checkName(_ name: String, _ document: Document, _ offset: UInt32) {
        guard name.hasPrefix("__") else { return }
        report(
            "Name \"\(name)\" must not begin with \"__\", which is reserved by GraphQL introspection.", document, offset
        )
    }
}

// MARK: Types

extension SchemaBuilder {
    private mutating func makeType(_ collected: CollectedType, _ id: TypeID) -> NamedType {
        let (document, definition) = (collected.document, collected.definition)
        var type = NamedType(
            id: id,
            kind: definition.kind,
            name: document.name(definition.name.id),
            description: definition.description.map { document.string(of: $0) }
        )
        switch type.kind {
        case .scalar:
            for (document, node) in collected.nodes {
                if let url = string(of: "url", on: "specifiedBy", node.directives, document) {
                    type.specifiedByURL = url
                }
            }
        case .object, .interface:
            type.fields = makeFields(collected, id)
            type.interfaces = makeMembers(collected, of: .interface, "implement")
        case .union:
            type.possibleTypes = makeMembers(collected, of: .object, "include")
            if type.possibleTypes.isEmpty {
                report(
                    "Union type \(type.name) must define one or more member types.", document, definition.name.offset)
            }
        case .enum:
            type.enumValues = makeEnumValues(collected)
        case .inputObject:
            type.inputFields = makeInputFields(collected)
            type.isOneOf = collected.nodes.contains { document, node in
                node.directives.positions.contains { document.name(document.directives[$0].name.id) == "oneOf" }
            }
        }
        return type
    }

    private mutating func makeFields(_ collected: CollectedType, _ parent: TypeID) -> Range<Int> {
        let start = parts.fields.count
        var names: Set<String> = []
        let typeName = collected.document.name(collected.definition.name.id)
        for (document, node) in collected.nodes {
            for field in document.fieldDefinitions[node.fields.positions] {
                let name = document.name(field.name.id)
                guard names.insert(name).inserted else {
                    report("Field \"\(typeName).\(name)\" can only be defined once.", document, field.name.offset)
                    continue
                }
                if parent != TypeID(.max) { checkName(name, document, field.name.offset) }
                guard let type = reference(field.type, document) else { continue }
                let named = self.collected[type.namedType.position].definition.kind
                if named == .inputObject {
                    report("The type of \(typeName).\(name) must be Output Type.", document, field.name.offset)
                }
                parts.fields.append(
                    FieldDefinition(
                        id: FieldID(UInt32(parts.fields.count)),
                        parentType: parent,
                        name: name,
                        description: field.description.map { document.string(of: $0) },
                        arguments: makeInputValues(field.arguments, document),
                        type: type,
                        deprecationReason: deprecationReason(field.directives, document)
                    ))
            }
        }
        if names.isEmpty {
            report(
                "Type \(typeName) must define one or more fields.", collected.document,
                collected.definition.name.offset)
        }
        return start..<parts.fields.count
    }

    private mutating func makeMembers(
        _ collected: CollectedType, of kind: NamedType.Kind, _ verb: String
    ) -> [TypeID] {
        var members: [TypeID] = []
        let typeName = collected.document.name(collected.definition.name.id)
        for (document, node) in collected.nodes {
            for member in document.nameReferences[node.members.positions] {
                let name = document.name(member.name.id)
                guard let id = typeIDs[name] else {
                    report("Unknown type \"\(name)\".", document, member.name.offset)
                    continue
                }
                if self.collected[id.position].definition.kind != kind {
                    let kindName = kind == .object ? "Object" : "Interface"
                    report(
                        "Type \(typeName) can only \(verb) \(kindName) types, it cannot \(verb) \(name).", document,
                        member.name.offset)
                } else if members.contains(id) {
                    report("Type \(typeName) can only \(verb) \(name) once.", document, member.name.offset)
                } else {
                    members.append(id)
                }
            }
        }
        return members
    }

    private mutating func makeEnumValues(_ collected: CollectedType) -> [EnumValueDefinition] {
        var values: [EnumValueDefinition] = []
        let typeName = collected.document.name(collected.definition.name.id)
        for (document, node) in collected.nodes {
            for value in document.enumValueDefinitions[node.enumValues.positions] {
                let name = document.name(value.name.id)
                if values.contains(where: { $0.name == name }) {
                    report("Enum value \"\(typeName).\(name)\" can only be defined once.", document, value.name.offset)
                }
                values.append(
                    EnumValueDefinition(
                        name: name,
                        description: value.description.map { document.string(of: $0) },
                        deprecationReason: deprecationReason(value.directives, document)
                    ))
            }
        }
        if values.isEmpty {
            report(
                "Enum type \(typeName) must define one or more values.", collected.document,
                collected.definition.name.offset)
        }
        return values
    }

    private mutating func makeInputFields(_ collected: CollectedType) -> [InputValueDefinition] {
        let fields = collected.nodes.flatMap { makeInputValues($0.node.inputFields, $0.document) }
        let typeName = collected.document.name(collected.definition.name.id)
        for (position, field) in fields.enumerated()
        where fields[..<position].contains(where: { $0.name == field.name }) {
            report(
                "Field \"\(typeName).\(field.name)\" can only be defined once.", collected.document,
                collected.definition.name.offset)
        }
        if fields.isEmpty {
            report(
                "Input Object type \(typeName) must define one or more fields.", collected.document,
                collected.definition.name.offset)
        }
        return fields
    }

    private mutating func makeInputValues(
        _ range: NodeRange<InputValueDefinitionNode>, _ document: Document
    ) -> [InputValueDefinition] {
        var definitions: [InputValueDefinition] = []
        for node in document.inputValueDefinitions[range.positions] {
            let name = document.name(node.name.id)
            guard let type = reference(node.type, document) else { continue }
            switch collected[type.namedType.position].definition.kind {
            case .scalar, .enum, .inputObject: break
            case .object, .interface, .union:
                report("The type of \(name) must be Input Type.", document, node.name.offset)
            }
            definitions.append(
                InputValueDefinition(
                    name: name,
                    schemaName: SchemaName(parts.names.insert(name)),
                    description: node.description.map { document.string(of: $0) },
                    type: type,
                    defaultLiteral: node.defaultValue.map { Literal(document, $0) },
                    deprecationReason: deprecationReason(node.directives, document)
                ))
        }
        return definitions
    }

    /// The type that a type node names; nil, with an error reported, when there is none.
    private mutating func reference(_ index: Index<TypeNode>, _ document: Document) -> TypeReference? {
        var position = index.position
        var marks: [TypeNode.Kind] = []
        while document.types[position].kind != .named {
            marks.append(document.types[position].kind)
            position += 1
        }
        let node = document.types[position]
        guard let id = typeIDs[document.name(node.name)] else {
            report("Unknown type \"\(document.name(node.name))\".", document, node.offset)
            return nil
        }
        var wrappers: TypeWrappers? = TypeWrappers.none
        for mark in marks.reversed() { wrappers = mark == .list ? wrappers?.inList : wrappers?.inNonNull }
        guard let wrappers else {
            report("This type is wrapped in too many lists.", document, document.types[index.position].offset)
            return nil
        }
        return TypeReference(id, wrappers)
    }
}

// MARK: Directives and roots

extension SchemaBuilder {
    private mutating func makeDirective(_ document: Document, _ node: DirectiveDefinitionNode) {
        var locations: [DirectiveLocation] = []
        for reference in document.nameReferences[node.locations.positions] {
            guard let location = DirectiveLocation(rawValue: document.name(reference.name.id)) else {
                report("Unknown directive location.", document, reference.name.offset)
                continue
            }
            locations.append(location)
        }
        parts.directives.append(
            DirectiveDefinition(
                name: document.name(node.name.id),
                description: node.description.map { document.string(of: $0) },
                arguments: makeInputValues(node.arguments, document),
                isRepeatable: node.isRepeatable,
                locations: locations
            ))
    }

    /// Spec: 3.3.1 Root Operation Types, default names included
    private mutating func makeRoots() {
        var roots: [OperationType: TypeID] = [:]
        for (document, node) in schemaNodes {
            if let description = node.description { parts.description = document.string(of: description) }
            for root in document.rootOperationTypes[node.rootOperationTypes.positions] {
                let name = document.name(root.type.id)
                guard let id = typeIDs[name] else {
                    report("Unknown type \"\(name)\".", document, root.type.offset)
                    continue
                }
                if collected[id.position].definition.kind != .object {
                    report(
                        "A root operation type must be Object type, it cannot be \(name).", document, root.type.offset)
                }
                if roots.updateValue(id, forKey: root.operationType) != nil {
                    report("There can be only one \(root.operationType) type in schema.", document, root.offset)
                }
            }
        }
        if !schemaNodes.contains(where: { !$0.node.isExtension }) {
            for (type, name) in [
                (OperationType.query, "Query"), (.mutation, "Mutation"), (.subscription, "Subscription"),
            ]
            where roots[type] == nil {
                roots[type] = typeIDs[name].flatMap { parts.types[$0.position].kind == .object ? $0 : nil }
            }
        }
        parts.queryType = roots[.query]
        parts.mutationType = roots[.mutation]
        parts.subscriptionType = roots[.subscription]
        if let query = roots[.query], metaType != nil {
            // The meta-fields read as fields of the query root, in error messages too.
            for position in parts.fields.indices.suffix(3) { parts.fields[position].parentType = query }
        }
        if roots[.query] == nil { errors.append(GraphQLError("Query root type must be provided.")) }
    }

    private mutating func collectPossibleTypes() {
        for position in parts.types.indices where parts.types[position].kind == .object {
            let id = parts.types[position].id
            parts.types[position].possibleTypes = [id]
            for interface in parts.types[position].interfaces {
                parts.types[interface.position].possibleTypes.append(id)
            }
        }
    }

    /// Spec: 3.13.3 @deprecated
    private mutating func deprecationReason(_ range: NodeRange<DirectiveNode>, _ document: Document) -> String? {
        let isDeprecated = document.directives[range.positions].contains { document.name($0.name.id) == "deprecated" }
        guard isDeprecated else { return nil }
        return string(of: "reason", on: "deprecated", range, document) ?? "No longer supported"
    }

    private func string(
        of argument: String, on directive: String, _ range: NodeRange<DirectiveNode>, _ document: Document
    ) -> String? {
        for node in document.directives[range.positions] where document.name(node.name.id) == directive {
            for given in document.arguments[node.arguments.positions] where document.name(given.name.id) == argument {
                let kind = document.values[given.value.position].kind
                if kind == .string || kind == .blockString { return document.string(of: given.value) }
            }
        }
        return nil
    }
}

// MARK: What needs all types

extension SchemaBuilder {
    /// Coerces each default value to its type, which must accept it.
    ///
    /// The defaults of an input object's fields come before those of whoever holds the object, since a literal may leave
    /// such a field out. An object can't hold itself by its defaults without end: that literal would have no end either.
    private mutating func coerceDefaultValues() {
        var states = [DefaultState](repeating: .raw, count: parts.types.count)
        for position in parts.types.indices { coerceInputFields(position, &states) }
        for position in parts.fields.indices {
            parts.fields[position].arguments = coerced(parts.fields[position].arguments)
        }
        for position in parts.directives.indices {
            parts.directives[position].arguments = coerced(parts.directives[position].arguments)
        }
    }

    /// How far the default values of an input object are coerced.
    private enum DefaultState { case raw, begun, coerced }

    private mutating func coerceInputFields(_ position: Int, _ states: inout [DefaultState]) {
        guard states[position] == .raw else { return }
        states[position] = .begun
        for field in parts.types[position].inputFields where field.defaultLiteral != nil {
            coerceInputFields(field.type.namedType.position, &states)
        }
        parts.types[position].inputFields = coerced(parts.types[position].inputFields)
        states[position] = .coerced
    }

    private mutating func coerced(_ definitions: [InputValueDefinition]) -> [InputValueDefinition] {
        guard definitions.contains(where: { $0.defaultLiteral != nil }) else { return definitions }
        let coercion = InputCoercion(types: parts.types, scalars: parts.types.map { .named($0.name) })
        return definitions.map { definition in
            guard let literal = definition.defaultLiteral else { return definition }
            var definition = definition
            definition.defaultValue = coercion.coerceLiteral(literal, to: definition.type, variables: .none)
            if definition.defaultValue == nil {
                report(
                    "The default value of \"\(definition.name)\" is not a value of its type.", literal.document,
                    literal.document.values[literal.value.position].offset)
            }
            return definition
        }
    }

    /// Spec: 3.6 Objects, IsValidImplementation()
    private mutating func checkImplementations() {
        for type in parts.types {
            for interface in type.interfaces {
                for missing in parts.types[interface.position].interfaces where !type.interfaces.contains(missing) {
                    let name = parts.types[missing.position].name
                    errors.append(
                        GraphQLError(
                            "Type \(type.name) must implement \(name) because it is implemented by "
                                + "\(parts.types[interface.position].name)."))
                }
                for expected in parts.fields[parts.types[interface.position].fields] {
                    let interfaceName = parts.types[interface.position].name
                    guard let field = parts.fields[type.fields].first(where: { $0.name == expected.name }) else {
                        errors.append(
                            GraphQLError(
                                "Interface field \(interfaceName).\(expected.name) expected but \(type.name) does not "
                                    + "provide it."))
                        continue
                    }
                    checkImplementation(of: expected, in: interfaceName, by: field, in: type.name)
                }
            }
        }
    }

    private mutating func checkImplementation(
        of expected: FieldDefinition, in interface: String, by field: FieldDefinition, in type: String
    ) {
        if !isSubtype(field.type, of: expected.type) {
            errors.append(
                GraphQLError(
                    "Interface field \(interface).\(expected.name) and \(type).\(field.name) have types that don't "
                        + "agree."))
        }
        for argument in expected.arguments
        where !field.arguments.contains(where: { $0.name == argument.name && $0.type == argument.type }) {
            errors.append(
                GraphQLError(
                    "Interface field argument \(interface).\(expected.name)(\(argument.name):) expected but "
                        + "\(type).\(field.name) does not provide it."))
        }
        for argument in field.arguments
        where argument.isRequired && !expected.arguments.contains(where: { $0.name == argument.name }) {
            errors.append(
                GraphQLError(
                    "Argument \"\(type).\(field.name)(\(argument.name):)\" must not be required type if not provided "
                        + "by the Interface field \"\(interface).\(expected.name)\"."))
        }
    }

    /// Spec: 3.6 IsValidImplementationFieldType()
    private func isSubtype(_ type: TypeReference, of other: TypeReference) -> Bool {
        if type.isNonNull { return isSubtype(type.nullable, of: other.nullable) }
        if other.isNonNull { return false }
        if type.isList || other.isList {
            return type.isList && other.isList && isSubtype(type.item, of: other.item)
        }
        return type.namedType == other.namedType
            || parts.types[type.namedType.position].interfaces.contains(other.namedType)
            || parts.types[other.namedType.position].possibleTypes.contains(type.namedType)
    }
}
