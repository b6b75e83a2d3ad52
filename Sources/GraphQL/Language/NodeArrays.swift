/// The nodes of a document while it is read.
struct NodeArrays {
    var definitions = ContiguousArray<DefinitionNode>()
    var operations = ContiguousArray<OperationDefinitionNode>()
    var fragments = ContiguousArray<FragmentDefinitionNode>()
    var variableDefinitions = ContiguousArray<VariableDefinitionNode>()
    var selections = ContiguousArray<SelectionNode>()
    var arguments = ContiguousArray<ArgumentNode>()
    var directives = ContiguousArray<DirectiveNode>()
    var values = ContiguousArray<ValueNode>()
    var types = ContiguousArray<TypeNode>()
    var schemaDefinitions = ContiguousArray<SchemaDefinitionNode>()
    var typeDefinitions = ContiguousArray<TypeDefinitionNode>()
    var directiveDefinitions = ContiguousArray<DirectiveDefinitionNode>()
    var rootOperationTypes = ContiguousArray<RootOperationTypeNode>()
    var fieldDefinitions = ContiguousArray<FieldDefinitionNode>()
    var inputValueDefinitions = ContiguousArray<InputValueDefinitionNode>()
    var enumValueDefinitions = ContiguousArray<EnumValueDefinitionNode>()
    var nameReferences = ContiguousArray<NameReferenceNode>()

    /// Notes a definition that is about to be appended to the array of its kind, where its index will be `index`.
    mutating func append(_ kind: DefinitionNode.Kind, _ index: Int, offset: UInt32) {
        definitions.append(DefinitionNode(kind: kind, index: UInt32(index), offset: offset))
    }

    /// Makes room for what an ordinary executable document of this length holds. Called before the first definition of
    /// that sort; later calls do nothing.
    mutating func reserveExecutable(byteCount: Int) {
        guard selections.capacity == 0 else { return }
        selections.reserveCapacity(byteCount / 12)
        arguments.reserveCapacity(byteCount / 48)
        values.reserveCapacity(byteCount / 48)
    }

    /// Makes room for what an ordinary type-system document of this length holds. Called before the first definition
    /// of that sort; later calls do nothing.
    mutating func reserveTypeSystem(byteCount: Int) {
        guard fieldDefinitions.capacity == 0 else { return }
        fieldDefinitions.reserveCapacity(byteCount / 48)
        inputValueDefinitions.reserveCapacity(byteCount / 96)
        types.reserveCapacity(byteCount / 24)
        values.reserveCapacity(byteCount / 48)
    }
}
