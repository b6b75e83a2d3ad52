import GraphQL

/// The elements of a schema that a valid operation uses, by their coordinates.
///
/// Recurses as deep as selections and values are nested, which the parser bounds.
struct CoordinateUsage {
    /// What the document names, and the types that it goes through.
    private(set) var named: Set<SchemaCoordinate> = []
    /// What values of its variables are made of: input types, their fields, enum values.
    private(set) var variables: Set<SchemaCoordinate> = []
    /// What its results are made of: types, the fields that it selects, enum values.
    private(set) var results: Set<SchemaCoordinate> = []

    private let schema: Schema
    private let document: Document

    /// - Parameters:
    ///   - document: operations and fragments; all of them count.
    ///   - schema: what they are valid against.
    init(of document: Document, in schema: Schema) {
        self.schema = schema
        self.document = document
        for operation in document.operations {
            visit(operation.directives)
            for variable in document[operation.variableDefinitions] { visit(variable) }
            visit(operation.selectionSet, parent: schema.rootType(for: operation.operationType))
        }
        for fragment in document.fragments {
            let condition = schema.type(named: document.name(fragment.typeCondition.id))
            visit(fragment.directives)
            visit(fragment.selectionSet, parent: condition?.id)
        }
    }

    // MARK: Selections

    private mutating func visit(_ selections: NodeRange<SelectionNode>, parent: TypeID?) {
        guard let parent else { return }
        named.insert(.type(schema[parent].name))
        results.insert(.type(schema[parent].name))
        for selection in document.selections(in: selections) {
            let node = document[selection]
            visit(node.directives)
            switch node.kind {
            case .fragmentSpread: break
            case .inlineFragment where node.name.id == .none:
                visit(document.selectionSet(of: selection), parent: parent)
            case .inlineFragment:
                let condition = schema.type(named: document.name(node.name.id))
                visit(document.selectionSet(of: selection), parent: condition?.id)
            case .field:
                visit(node, selection, parent: parent)
            }
        }
    }

    private mutating func visit(_ node: SelectionNode, _ selection: Index<SelectionNode>, parent: TypeID) {
        guard let field = schema.field(of: parent, named: document.name(node.name.id)) else { return }
        let type = schema[parent].name
        named.insert(.member(type: type, name: field.name))
        results.insert(.member(type: type, name: field.name))
        let result = schema[field.type.namedType]
        named.insert(.type(result.name))
        results.insert(.type(result.name))
        for value in result.enumValues { results.insert(.member(type: result.name, name: value.name)) }
        for argument in document[node.arguments] {
            let name = document.name(argument.name.id)
            named.insert(.argument(type: type, field: field.name, name: name))
            guard let definition = field.arguments.first(where: { $0.name == name }) else { continue }
            visit(argument.value, as: definition.type.namedType)
        }
        if node.hasSelectionSet { visit(document.selectionSet(of: selection), parent: field.type.namedType) }
    }

    private mutating func visit(_ directives: NodeRange<DirectiveNode>) {
        for node in document[directives] {
            let directive = document.name(node.name.id)
            named.insert(.directive(directive))
            for argument in document[node.arguments] {
                let name = document.name(argument.name.id)
                named.insert(.directiveArgument(directive: directive, name: name))
                let definitions = schema.directive(named: directive)?.arguments
                guard let definition = definitions?.first(where: { $0.name == name }) else { continue }
                visit(argument.value, as: definition.type.namedType)
            }
        }
    }

    // MARK: Input

    private mutating func visit(_ variable: VariableDefinitionNode) {
        visit(variable.directives)
        var position = variable.type.position
        while document.types[position].kind != .named { position += 1 }
        guard let type = schema.type(named: document.name(document.types[position].name)) else { return }
        named.insert(.type(type.name))
        if let value = variable.defaultValue { visit(value, as: type.id) }
        addVariable(type)
    }

    /// Adds an input type and all that its values may hold.
    private mutating func addVariable(_ type: NamedType) {
        var open = [type]
        while let type = open.popLast() {
            guard variables.insert(.type(type.name)).inserted else { continue }
            for value in type.enumValues { variables.insert(.member(type: type.name, name: value.name)) }
            for field in type.inputFields {
                variables.insert(.member(type: type.name, name: field.name))
                open.append(schema[field.type.namedType])
            }
        }
    }

    /// Notes what a literal uses: `type` inside any lists.
    private mutating func visit(_ value: Index<ValueNode>, as type: TypeID) {
        let node = document[value]
        let type = schema[type]
        switch node.kind {
        case .list:
            for item in document.children(of: value) { visit(item, as: type.id) }
        case .object where type.kind == .inputObject:
            named.insert(.type(type.name))
            for member in document.children(of: value) {
                let name = document.name(document[member].fieldName.id)
                named.insert(.member(type: type.name, name: name))
                guard let field = type.inputFields.first(where: { $0.name == name }) else { continue }
                visit(member, as: field.type.namedType)
            }
        case .enum where type.kind == .enum:
            named.insert(.type(type.name))
            named.insert(.member(type: type.name, name: document.name(node.name)))
        default: break
        }
    }
}
