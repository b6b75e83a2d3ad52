/// A parsed document: flat arrays of nodes that refer to each other by index.
///
/// A document is immutable. Nodes carry byte offsets into `source`; lines, columns, names and string values are
/// computed only when asked for. Selections and values are stored in preorder: a node's children follow it at once,
/// and `next` is the index behind its whole subtree.
///
/// Spec: 2.2 Document
package final class Document: Sendable {
    /// The text, and behind it the padding that ends every scan.
    package let source: Source
    /// The spelling of each distinct name, by `NameID`.
    package let names: NameTable
    /// All definitions, in source order.
    package let definitions: ContiguousArray<DefinitionNode>

    // Executable definitions (spec 2.3 to 2.12).
    package let operations: ContiguousArray<OperationDefinitionNode>
    package let fragments: ContiguousArray<FragmentDefinitionNode>
    package let variableDefinitions: ContiguousArray<VariableDefinitionNode>
    package let selections: ContiguousArray<SelectionNode>
    package let arguments: ContiguousArray<ArgumentNode>
    package let directives: ContiguousArray<DirectiveNode>
    package let values: ContiguousArray<ValueNode>
    package let types: ContiguousArray<TypeNode>

    // Type-system definitions and extensions (spec 3).
    package let schemaDefinitions: ContiguousArray<SchemaDefinitionNode>
    package let typeDefinitions: ContiguousArray<TypeDefinitionNode>
    package let directiveDefinitions: ContiguousArray<DirectiveDefinitionNode>
    package let rootOperationTypes: ContiguousArray<RootOperationTypeNode>
    package let fieldDefinitions: ContiguousArray<FieldDefinitionNode>
    package let inputValueDefinitions: ContiguousArray<InputValueDefinitionNode>
    package let enumValueDefinitions: ContiguousArray<EnumValueDefinitionNode>
    /// Bare names in lists: implemented interfaces, union members, directive locations.
    package let nameReferences: ContiguousArray<NameReferenceNode>

    init(source: Source, nodes: consuming NodeArrays) {
        self.source = source
        names = nodes.names
        definitions = nodes.definitions.finish()
        operations = nodes.operations.finish()
        fragments = nodes.fragments.finish()
        variableDefinitions = nodes.variableDefinitions.finish()
        selections = nodes.selections.finish()
        arguments = nodes.arguments.finish()
        directives = nodes.directives.finish()
        values = nodes.values.finish()
        types = nodes.types.finish()
        schemaDefinitions = nodes.schemaDefinitions.finish()
        typeDefinitions = nodes.typeDefinitions.finish()
        directiveDefinitions = nodes.directiveDefinitions.finish()
        rootOperationTypes = nodes.rootOperationTypes.finish()
        fieldDefinitions = nodes.fieldDefinitions.finish()
        inputValueDefinitions = nodes.inputValueDefinitions.finish()
        enumValueDefinitions = nodes.enumValueDefinitions.finish()
        nameReferences = nodes.nameReferences.finish()
    }

    /// How much memory the document takes, about.
    var estimatedBytes: Int {
        func bytes<Node>(_ nodes: ContiguousArray<Node>) -> Int { nodes.capacity * MemoryLayout<Node>.stride }
        return source.bytes.capacity + names.count * 64 + bytes(operations) + bytes(fragments)
            + bytes(variableDefinitions) + bytes(selections) + bytes(arguments) + bytes(directives) + bytes(values)
            + bytes(types) + bytes(definitions) + 512
    }

    /// The spelling of a name of this document.
    package func name(_ id: NameID) -> String { names.string(id) }

    /// Line and column of a byte offset, in time proportional to the offset.
    package func location(_ offset: UInt32) -> SourceLocation { source.location(at: offset) }

    /// The node at an index.
    package subscript<Node: SyntaxNode>(index: Index<Node>) -> Node {
        Node.all(in: self)[index.position]
    }

    /// Neighbouring nodes. In preorder arrays (selections and values) these are whole subtrees, one behind the other.
    package subscript<Node: SyntaxNode>(range: NodeRange<Node>) -> ArraySlice<Node> {
        Node.all(in: self)[range.positions]
    }
}

/// A node that a document stores in an array of its own kind.
package protocol SyntaxNode: Sendable {
    /// All nodes of this kind, in source order.
    static func all(in document: Document) -> ContiguousArray<Self>
}

extension DefinitionNode: SyntaxNode {
    package static func all(in document: Document) -> ContiguousArray<Self> { document.definitions }
}
extension OperationDefinitionNode: SyntaxNode {
    package static func all(in document: Document) -> ContiguousArray<Self> { document.operations }
}
extension FragmentDefinitionNode: SyntaxNode {
    package static func all(in document: Document) -> ContiguousArray<Self> { document.fragments }
}
extension VariableDefinitionNode: SyntaxNode {
    package static func all(in document: Document) -> ContiguousArray<Self> { document.variableDefinitions }
}
extension SelectionNode: SyntaxNode {
    package static func all(in document: Document) -> ContiguousArray<Self> { document.selections }
}
extension ArgumentNode: SyntaxNode {
    package static func all(in document: Document) -> ContiguousArray<Self> { document.arguments }
}
extension DirectiveNode: SyntaxNode {
    package static func all(in document: Document) -> ContiguousArray<Self> { document.directives }
}
extension ValueNode: SyntaxNode {
    package static func all(in document: Document) -> ContiguousArray<Self> { document.values }
}
extension TypeNode: SyntaxNode {
    package static func all(in document: Document) -> ContiguousArray<Self> { document.types }
}
extension SchemaDefinitionNode: SyntaxNode {
    package static func all(in document: Document) -> ContiguousArray<Self> { document.schemaDefinitions }
}
extension TypeDefinitionNode: SyntaxNode {
    package static func all(in document: Document) -> ContiguousArray<Self> { document.typeDefinitions }
}
extension DirectiveDefinitionNode: SyntaxNode {
    package static func all(in document: Document) -> ContiguousArray<Self> { document.directiveDefinitions }
}
extension RootOperationTypeNode: SyntaxNode {
    package static func all(in document: Document) -> ContiguousArray<Self> { document.rootOperationTypes }
}
extension FieldDefinitionNode: SyntaxNode {
    package static func all(in document: Document) -> ContiguousArray<Self> { document.fieldDefinitions }
}
extension InputValueDefinitionNode: SyntaxNode {
    package static func all(in document: Document) -> ContiguousArray<Self> { document.inputValueDefinitions }
}
extension EnumValueDefinitionNode: SyntaxNode {
    package static func all(in document: Document) -> ContiguousArray<Self> { document.enumValueDefinitions }
}
extension NameReferenceNode: SyntaxNode {
    package static func all(in document: Document) -> ContiguousArray<Self> { document.nameReferences }
}
