/// The nodes and names of a document while it is read.
struct NodeArrays: ~Copyable {
    var names: NameTable
    var definitions: NodeBuffer<DefinitionNode>
    var operations: NodeBuffer<OperationDefinitionNode>
    var fragments: NodeBuffer<FragmentDefinitionNode>
    var variableDefinitions: NodeBuffer<VariableDefinitionNode>
    var selections: NodeBuffer<SelectionNode>
    var arguments: NodeBuffer<ArgumentNode>
    var directives: NodeBuffer<DirectiveNode>
    var values: NodeBuffer<ValueNode>
    var types: NodeBuffer<TypeNode>
    var schemaDefinitions: NodeBuffer<SchemaDefinitionNode>
    var typeDefinitions: NodeBuffer<TypeDefinitionNode>
    var directiveDefinitions: NodeBuffer<DirectiveDefinitionNode>
    var rootOperationTypes: NodeBuffer<RootOperationTypeNode>
    var fieldDefinitions: NodeBuffer<FieldDefinitionNode>
    var inputValueDefinitions: NodeBuffer<InputValueDefinitionNode>
    var enumValueDefinitions: NodeBuffer<EnumValueDefinitionNode>
    var nameReferences: NodeBuffer<NameReferenceNode>

    /// Nothing yet. What occurs will have room for as much as an ordinary document of this length has of it.
    init(_ source: Source) {
        names = NameTable(document: source)
        func buffer<Node>(bytesPerNode: Int, atLeast minimum: Int = 8) -> NodeBuffer<Node> {
            NodeBuffer(firstCapacity: source.count / bytesPerNode + minimum)
        }
        definitions = buffer(bytesPerNode: 256)
        operations = buffer(bytesPerNode: 1024)
        fragments = buffer(bytesPerNode: 1024)
        variableDefinitions = buffer(bytesPerNode: 512)
        selections = buffer(bytesPerNode: 12)
        arguments = buffer(bytesPerNode: 48, atLeast: 32)
        directives = buffer(bytesPerNode: 512, atLeast: 16)
        values = buffer(bytesPerNode: 48, atLeast: 32)
        types = buffer(bytesPerNode: 48, atLeast: 16)
        schemaDefinitions = buffer(bytesPerNode: 4096)
        typeDefinitions = buffer(bytesPerNode: 128)
        directiveDefinitions = buffer(bytesPerNode: 512)
        rootOperationTypes = buffer(bytesPerNode: 2048)
        fieldDefinitions = buffer(bytesPerNode: 48)
        inputValueDefinitions = buffer(bytesPerNode: 96)
        enumValueDefinitions = buffer(bytesPerNode: 96)
        nameReferences = buffer(bytesPerNode: 96)
    }

    /// Notes a definition that is about to be appended to the array of its kind, where its index will be `index`.
    mutating func append(_ kind: DefinitionNode.Kind, _ index: Int, offset: UInt32) {
        definitions.append(DefinitionNode(kind: kind, index: UInt32(index), offset: offset))
    }
}
