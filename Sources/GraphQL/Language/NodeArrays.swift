/// The nodes and names of a document.
struct NodeArrays: ~Copyable {
    var names: NameTable
    private var arena: NodeArena
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
        // Executable documents, which requests bring, find room for all of their nodes here.
        arena = NodeArena(byteCount: 512 + 8 * source.count)
        definitions = NodeBuffer(lending: 2 + source.count / 256, of: &arena)
        operations = NodeBuffer(lending: 1 + source.count / 1024, of: &arena)
        selections = NodeBuffer(lending: 4 + source.count / 12, of: &arena)
        arguments = NodeBuffer(lending: 2 + source.count / 32, of: &arena)
        values = NodeBuffer(lending: 2 + source.count / 32, of: &arena)
        fragments = NodeBuffer(lending: 0 + source.count / 256, of: &arena)
        variableDefinitions = NodeBuffer(lending: 1 + source.count / 128, of: &arena)
        types = NodeBuffer(lending: 2 + source.count / 48, of: &arena)
        directives = NodeBuffer(lending: 1 + source.count / 256, of: &arena)
        // Type-system documents take what they need.
        schemaDefinitions = NodeBuffer(expecting: 8 + source.count / 4096)
        typeDefinitions = NodeBuffer(expecting: 8 + source.count / 128)
        directiveDefinitions = NodeBuffer(expecting: 8 + source.count / 512)
        rootOperationTypes = NodeBuffer(expecting: 8 + source.count / 2048)
        fieldDefinitions = NodeBuffer(expecting: 8 + source.count / 48)
        inputValueDefinitions = NodeBuffer(expecting: 8 + source.count / 96)
        enumValueDefinitions = NodeBuffer(expecting: 8 + source.count / 96)
        nameReferences = NodeBuffer(expecting: 8 + source.count / 96)
    }

    /// Notes a definition that is about to be appended to the array of its kind, where its index will be `index`.
    mutating func append(_ kind: DefinitionNode.Kind, _ index: Int, offset: UInt32) {
        definitions.append(DefinitionNode(kind: kind, index: UInt32(index), offset: offset))
    }

    /// How much memory they take.
    var byteCount: Int {
        arena.byteCount + definitions.ownByteCount + operations.ownByteCount + fragments.ownByteCount
            + variableDefinitions.ownByteCount + selections.ownByteCount + arguments.ownByteCount
            + directives.ownByteCount + values.ownByteCount + types.ownByteCount + names.count * 64
    }
}
