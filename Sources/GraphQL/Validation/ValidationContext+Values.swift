/// What the schema expects where a value stands.
struct InputPosition {
    /// nil where nothing is known; then nothing is wrong either.
    var type: TypeReference?
    var hasDefaultValue = false

    init(type: TypeReference?, hasDefaultValue: Bool = false) {
        self.type = type
        self.hasDefaultValue = hasDefaultValue
    }

    init(_ definition: SchemaFacts.Input?) {
        type = definition?.type
        hasDefaultValue = definition?.hasDefaultValue ?? false
    }
}

/// A list or object that the walk is in.
struct OpenValue {
    let value: Index<ValueNode>
    /// The index behind its subtree.
    let end: UInt32
    /// Lists: the type of the items, if known.
    let itemType: TypeReference?
    /// Objects: their input object type, if they have one.
    let objectType: TypeID?
    /// Whether the values in it are still to be checked.
    let isChecked: Bool
    /// Objects of a `@oneOf` type with exactly one field.
    let isOneOf: Bool
}

// The walk through an argument's or a default value.
extension ValidationContext {
    mutating func visitValue(_ root: Index<ValueNode>, _ position: InputPosition) {
        let values = document.values
        let end = values[root.position].next
        guard end > root.rawValue + 1 || values[root.position].kind == .list || values[root.position].kind == .object
        else {
            visitLeafValue(root, values[root.position], position, in: nil)
            return
        }
        openValues.removeAll(keepingCapacity: true)
        for index in root.position..<Int(end) {
            while let last = openValues.last, last.end == index { openValues.removeLast() }
            let node = values[index]
            let value = Index<ValueNode>(index)
            let parent = openValues.last
            let position = parent.map { self.position(of: node, in: $0) } ?? position
            let isChecked = parent?.isChecked ?? true
            switch node.kind {
            case .list: visitList(value, node, position, isChecked: isChecked)
            case .object: visitObject(value, node, position, isChecked: isChecked)
            default: visitLeafValue(value, node, position, in: parent)
            }
        }
    }

    /// What is expected of an item or a field.
    private mutating func position(of node: ValueNode, in parent: OpenValue) -> InputPosition {
        if document[parent.value].kind == .list { return InputPosition(type: parent.itemType) }
        guard let type = parent.objectType else { return InputPosition(type: nil) }
        let name = names[node.fieldName.id]
        guard let field = facts.input(named: name, in: facts.types[type.position].inputFields) else {
            if parent.isChecked { unknownInputField(node, of: type) }
            return InputPosition(type: nil)
        }
        return InputPosition(field)
    }

    private mutating func visitLeafValue(
        _ value: Index<ValueNode>, _ node: ValueNode, _ position: InputPosition, in parent: OpenValue?
    ) {
        guard node.kind == .variable else {
            if parent?.isChecked ?? true { valuesOfCorrectType(value, node, position.type) }
            return
        }
        var oneOf: VariableUsage.OneOfUsage?
        if let parent, parent.isOneOf, let type = parent.objectType { oneOf = .init(object: parent.value, type: type) }
        variableUsages.append(
            VariableUsage(
                value: value, type: position.type, hasDefaultValue: position.hasDefaultValue, oneOf: oneOf))
    }

    private mutating func visitList(
        _ value: Index<ValueNode>, _ node: ValueNode, _ position: InputPosition, isChecked: Bool
    ) {
        let isList = position.type?.isList ?? false
        // Where no list is expected, the list as a whole is checked and its items aren't.
        if !isList, isChecked { valuesOfCorrectType(value, node, position.type?.nullable) }
        openValues.append(
            OpenValue(
                value: value, end: node.next, itemType: isList ? position.type?.item : position.type?.nullable,
                objectType: nil, isChecked: isChecked && isList, isOneOf: false))
    }

    private mutating func visitObject(
        _ value: Index<ValueNode>, _ node: ValueNode, _ position: InputPosition, isChecked: Bool
    ) {
        uniqueInputFieldNames(value)
        let type = position.type?.namedType
        let objectType = type.flatMap { facts.types[$0.position].kind == .inputObject ? $0 : nil }
        var isOneOf = false
        if let objectType {
            if isChecked { requiredInputFields(value, of: objectType) }
            if facts.types[objectType.position].isOneOf {
                isOneOf = hasOneField(value)
                if isChecked { oneOfInputObject(value, of: objectType) }
            }
        } else if isChecked {
            valuesOfCorrectType(value, node, position.type)
        }
        openValues.append(
            OpenValue(
                value: value, end: node.next, itemType: nil, objectType: objectType,
                isChecked: isChecked && objectType != nil, isOneOf: isOneOf))
    }

    /// Whether all fields of an object have the same name, and there is one.
    func hasOneField(_ object: Index<ValueNode>) -> Bool {
        var first: NameID?
        for field in document.children(of: object) {
            let name = document[field].fieldName.id
            if let first, name != first { return false }
            first = name
        }
        return first != nil
    }
}
