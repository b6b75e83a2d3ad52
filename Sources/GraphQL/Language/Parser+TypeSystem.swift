// Type-system definitions and extensions. Spec: 3
extension Parser {
    /// TypeSystemDefinition : SchemaDefinition | TypeDefinition | DirectiveDefinition
    ///
    /// TypeSystemExtension : SchemaExtension | TypeExtension
    ///
    /// `keyword` is the next token, behind the description or `extend`.
    mutating func parseTypeSystemDefinition(
        _ keyword: Keyword,
        isExtension: Bool,
        description: Index<ValueNode>?,
        offset: UInt32
    ) throws(SyntaxError) {
        switch keyword {
        case .schema:
            try parseSchema(isExtension: isExtension, description: description, offset: offset)
        case .scalar:
            try parseTypeDefinition(.scalar, isExtension: isExtension, description: description, offset: offset)
        case .type:
            try parseTypeDefinition(.object, isExtension: isExtension, description: description, offset: offset)
        case .interface:
            try parseTypeDefinition(.interface, isExtension: isExtension, description: description, offset: offset)
        case .union:
            try parseTypeDefinition(.union, isExtension: isExtension, description: description, offset: offset)
        case .enum:
            try parseTypeDefinition(.enum, isExtension: isExtension, description: description, offset: offset)
        case .input:
            try parseTypeDefinition(.inputObject, isExtension: isExtension, description: description, offset: offset)
        case .directive where !isExtension:
            try parseDirectiveDefinition(description: description, offset: offset)
        default:
            throw misplacedDescription(description) ?? unexpected()
        }
    }

    /// SchemaDefinition : Description? `schema` Directives[Const]? { RootOperationTypeDefinition+ }
    ///
    /// SchemaExtension : `extend` `schema` Directives[Const]? { RootOperationTypeDefinition+ }, one of both at least
    private mutating func parseSchema(
        isExtension: Bool,
        description: Index<ValueNode>?,
        offset: UInt32
    ) throws(SyntaxError) {
        try skipName()
        let directives = try parseDirectives(isConstant: true)
        let lower = UInt32(nodes.rootOperationTypes.count)
        if !isExtension || next("{") {
            try expect("{")
            repeat {
                let rootOperationType = try parseRootOperationType()
                nodes.rootOperationTypes.append(rootOperationType)
            } while try !skip("}")
        }
        let rootOperationTypes = NodeRange<RootOperationTypeNode>(lower, UInt32(nodes.rootOperationTypes.count))
        if isExtension, directives.isEmpty, rootOperationTypes.isEmpty { throw unexpected() }
        let schema = SchemaDefinitionNode(
            isExtension: isExtension,
            description: description,
            directives: directives,
            rootOperationTypes: rootOperationTypes,
            offset: offset
        )
        nodes.append(.schema, nodes.schemaDefinitions.count, offset: offset)
        nodes.schemaDefinitions.append(schema)
    }

    /// RootOperationTypeDefinition : OperationType : NamedType
    private mutating func parseRootOperationType() throws(SyntaxError) -> RootOperationTypeNode {
        let offset = position
        guard scanner.isNameStart(offset) else { throw expected("Name") }
        let keyword = peekKeyword()
        try skipName()
        let operationType: OperationType
        switch keyword {
        case .query: operationType = .query
        case .mutation: operationType = .mutation
        case .subscription: operationType = .subscription
        default: throw unexpected(at: offset)
        }
        try expect(":")
        let type = try parseName()
        return RootOperationTypeNode(operationType: operationType, type: type, offset: UInt32(offset))
    }

    /// The definition or extension of a type of any kind, from its keyword on:
    ///   - `scalar` Name Directives[Const]?
    ///   - `type` or `interface` Name ImplementsInterfaces? Directives[Const]? FieldsDefinition?
    ///   - `union` Name Directives[Const]? UnionMemberTypes?
    ///   - `enum` Name Directives[Const]? EnumValuesDefinition?
    ///   - `input` Name Directives[Const]? InputFieldsDefinition?
    ///
    /// An extension has one of the optional parts at least.
    private mutating func parseTypeDefinition(
        _ kind: TypeDefinitionNode.Kind,
        isExtension: Bool,
        description: Index<ValueNode>?,
        offset: UInt32
    ) throws(SyntaxError) {
        try skipName()
        let name = try parseName()
        var members = NodeRange<NameReferenceNode>.empty
        var fields = NodeRange<FieldDefinitionNode>.empty
        var inputFields = NodeRange<InputValueDefinitionNode>.empty
        var enumValues = NodeRange<EnumValueDefinitionNode>.empty
        if kind == .object || kind == .interface { members = try parseImplementsInterfaces() }
        let directives = try parseDirectives(isConstant: true)
        switch kind {
        case .scalar: break
        case .object, .interface: fields = try parseFieldDefinitions()
        case .union: members = try parseUnionMemberTypes()
        case .enum: enumValues = try parseEnumValueDefinitions()
        case .inputObject: inputFields = try parseInputValueDefinitions(from: "{", to: "}")
        }
        if isExtension, directives.isEmpty, members.isEmpty, fields.isEmpty, inputFields.isEmpty, enumValues.isEmpty {
            throw unexpected()
        }
        let definition = TypeDefinitionNode(
            kind: kind,
            isExtension: isExtension,
            description: description,
            name: name,
            directives: directives,
            members: members,
            fields: fields,
            inputFields: inputFields,
            enumValues: enumValues,
            offset: offset
        )
        nodes.append(.type, nodes.typeDefinitions.count, offset: offset)
        nodes.typeDefinitions.append(definition)
    }

    /// ImplementsInterfaces : `implements` &? NamedType ( & NamedType )*
    private mutating func parseImplementsInterfaces() throws(SyntaxError) -> NodeRange<NameReferenceNode> {
        guard try skip(.implements) else { return .empty }
        return try parseNames(separatedBy: "&")
    }

    /// UnionMemberTypes : = |? NamedType ( | NamedType )*
    private mutating func parseUnionMemberTypes() throws(SyntaxError) -> NodeRange<NameReferenceNode> {
        guard try skip("=") else { return .empty }
        return try parseNames(separatedBy: "|")
    }

    private mutating func parseNames(
        separatedBy separator: Unicode.Scalar
    ) throws(SyntaxError) -> NodeRange<NameReferenceNode> {
        let lower = UInt32(nodes.nameReferences.count)
        _ = try skip(separator)
        repeat {
            let name = try parseName()
            nodes.nameReferences.append(NameReferenceNode(name: name))
        } while try skip(separator)
        return NodeRange(lower, UInt32(nodes.nameReferences.count))
    }

    /// FieldsDefinition : { FieldDefinition+ }
    private mutating func parseFieldDefinitions() throws(SyntaxError) -> NodeRange<FieldDefinitionNode> {
        let lower = UInt32(nodes.fieldDefinitions.count)
        if try skip("{") {
            repeat {
                let field = try parseFieldDefinition()
                nodes.fieldDefinitions.append(field)
            } while try !skip("}")
        }
        return NodeRange(lower, UInt32(nodes.fieldDefinitions.count))
    }

    /// FieldDefinition : Description? Name ArgumentsDefinition? : Type Directives[Const]?
    private mutating func parseFieldDefinition() throws(SyntaxError) -> FieldDefinitionNode {
        let offset = UInt32(position)
        let description = try parseDescription()
        let name = try parseName()
        let arguments = try parseInputValueDefinitions(from: "(", to: ")")
        try expect(":")
        let type = try parseType()
        let directives = try parseDirectives(isConstant: true)
        return FieldDefinitionNode(
            description: description,
            name: name,
            arguments: arguments,
            type: type,
            directives: directives,
            offset: offset
        )
    }

    /// ArgumentsDefinition : ( InputValueDefinition+ )
    ///
    /// InputFieldsDefinition : { InputValueDefinition+ }
    private mutating func parseInputValueDefinitions(
        from opening: Unicode.Scalar,
        to closing: Unicode.Scalar
    ) throws(SyntaxError) -> NodeRange<InputValueDefinitionNode> {
        let lower = UInt32(nodes.inputValueDefinitions.count)
        if try skip(opening) {
            repeat {
                let inputValue = try parseInputValueDefinition()
                nodes.inputValueDefinitions.append(inputValue)
            } while try !skip(closing)
        }
        return NodeRange(lower, UInt32(nodes.inputValueDefinitions.count))
    }

    /// InputValueDefinition : Description? Name : Type DefaultValue? Directives[Const]?
    private mutating func parseInputValueDefinition() throws(SyntaxError) -> InputValueDefinitionNode {
        let offset = UInt32(position)
        let description = try parseDescription()
        let name = try parseName()
        try expect(":")
        let type = try parseType()
        let defaultValue = try parseDefaultValue()
        let directives = try parseDirectives(isConstant: true)
        return InputValueDefinitionNode(
            description: description,
            name: name,
            type: type,
            defaultValue: defaultValue,
            directives: directives,
            offset: offset
        )
    }

    /// EnumValuesDefinition : { EnumValueDefinition+ }
    private mutating func parseEnumValueDefinitions() throws(SyntaxError) -> NodeRange<EnumValueDefinitionNode> {
        let lower = UInt32(nodes.enumValueDefinitions.count)
        if try skip("{") {
            repeat {
                let enumValue = try parseEnumValueDefinition()
                nodes.enumValueDefinitions.append(enumValue)
            } while try !skip("}")
        }
        return NodeRange(lower, UInt32(nodes.enumValueDefinitions.count))
    }

    /// EnumValueDefinition : Description? EnumValue Directives[Const]?
    private mutating func parseEnumValueDefinition() throws(SyntaxError) -> EnumValueDefinitionNode {
        let offset = UInt32(position)
        let description = try parseDescription()
        // EnumValue : Name but not `true`, `false` or `null`
        if let keyword = peekKeyword(), [.true, .false, .null].contains(keyword) {
            let message = "Name \"\(keyword)\" is reserved and cannot be used for an enum value."
            throw scanner.error(message, at: position)
        }
        let name = try parseName()
        let directives = try parseDirectives(isConstant: true)
        return EnumValueDefinitionNode(description: description, name: name, directives: directives, offset: offset)
    }

    /// DirectiveDefinition : Description? `directive` @ Name ArgumentsDefinition? `repeatable`? `on` DirectiveLocations
    private mutating func parseDirectiveDefinition(
        description: Index<ValueNode>?,
        offset: UInt32
    ) throws(SyntaxError) {
        try skipName()
        try expect("@")
        let name = try parseName()
        let arguments = try parseInputValueDefinitions(from: "(", to: ")")
        let isRepeatable = try skip(.repeatable)
        try expect(.on)
        let locations = try parseDirectiveLocations()
        let definition = DirectiveDefinitionNode(
            description: description,
            name: name,
            arguments: arguments,
            isRepeatable: isRepeatable,
            locations: locations,
            offset: offset
        )
        nodes.append(.directive, nodes.directiveDefinitions.count, offset: offset)
        nodes.directiveDefinitions.append(definition)
    }

    /// DirectiveLocations : |? DirectiveLocation ( | DirectiveLocation )*
    private mutating func parseDirectiveLocations() throws(SyntaxError) -> NodeRange<NameReferenceNode> {
        let lower = UInt32(nodes.nameReferences.count)
        _ = try skip("|")
        repeat {
            let name = try parseName()
            guard Parser.directiveLocations.contains(nodes.names.string(name.id)) else {
                throw unexpected(at: Int(name.offset))
            }
            nodes.nameReferences.append(NameReferenceNode(name: name))
        } while try skip("|")
        return NodeRange(lower, UInt32(nodes.nameReferences.count))
    }

    /// ExecutableDirectiveLocation and TypeSystemDirectiveLocation
    private static let directiveLocations: Set = [
        "QUERY", "MUTATION", "SUBSCRIPTION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD", "INLINE_FRAGMENT",
        "VARIABLE_DEFINITION", "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INTERFACE",
        "UNION", "ENUM", "ENUM_VALUE", "INPUT_OBJECT", "INPUT_FIELD_DEFINITION",
    ]
}
