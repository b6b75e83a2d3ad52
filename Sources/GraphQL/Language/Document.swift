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
    package var names: NameTable { nodes.names }
    /// All definitions, in source order.
    package var definitions: NodeList<DefinitionNode> { NodeList(nodes.definitions, of: self) }

    // Executable definitions (spec 2.3 to 2.12).
    package var operations: NodeList<OperationDefinitionNode> { NodeList(nodes.operations, of: self) }
    package var fragments: NodeList<FragmentDefinitionNode> { NodeList(nodes.fragments, of: self) }
    package var variableDefinitions: NodeList<VariableDefinitionNode> { NodeList(nodes.variableDefinitions, of: self) }
    package var selections: NodeList<SelectionNode> { NodeList(nodes.selections, of: self) }
    package var arguments: NodeList<ArgumentNode> { NodeList(nodes.arguments, of: self) }
    package var directives: NodeList<DirectiveNode> { NodeList(nodes.directives, of: self) }
    package var values: NodeList<ValueNode> { NodeList(nodes.values, of: self) }
    package var types: NodeList<TypeNode> { NodeList(nodes.types, of: self) }

    // Type-system definitions and extensions (spec 3).
    package var schemaDefinitions: NodeList<SchemaDefinitionNode> { NodeList(nodes.schemaDefinitions, of: self) }
    package var typeDefinitions: NodeList<TypeDefinitionNode> { NodeList(nodes.typeDefinitions, of: self) }
    package var directiveDefinitions: NodeList<DirectiveDefinitionNode> {
        NodeList(nodes.directiveDefinitions, of: self)
    }
    package var rootOperationTypes: NodeList<RootOperationTypeNode> { NodeList(nodes.rootOperationTypes, of: self) }
    package var fieldDefinitions: NodeList<FieldDefinitionNode> { NodeList(nodes.fieldDefinitions, of: self) }
    package var inputValueDefinitions: NodeList<InputValueDefinitionNode> {
        NodeList(nodes.inputValueDefinitions, of: self)
    }
    package var enumValueDefinitions: NodeList<EnumValueDefinitionNode> {
        NodeList(nodes.enumValueDefinitions, of: self)
    }
    /// Bare names in lists: implemented interfaces, union members, directive locations.
    package var nameReferences: NodeList<NameReferenceNode> { NodeList(nodes.nameReferences, of: self) }

    private let nodes: NodeArrays

    init(source: Source, nodes: consuming NodeArrays) {
        self.source = source
        self.nodes = nodes
    }

    /// How much memory the document takes, about.
    var estimatedBytes: Int { source.bytes.capacity + nodes.byteCount + 512 }

    /// The spelling of a name of this document.
    package func name(_ id: NameID) -> String { names.string(id) }

    /// Line and column of a byte offset, in time proportional to the offset.
    package func location(_ offset: UInt32) -> SourceLocation { source.location(at: offset) }

    /// The node at an index.
    package subscript<Node: SyntaxNode>(index: Index<Node>) -> Node {
        Node.all(in: self)[index.position]
    }

    /// Neighbouring nodes. In preorder arrays (selections and values) these are whole subtrees, one behind the other.
    package subscript<Node: SyntaxNode>(range: NodeRange<Node>) -> NodeList<Node> {
        Node.all(in: self)[range.positions]
    }
}

/// A node that a document stores with others of its kind.
package protocol SyntaxNode: BitwiseCopyable, Sendable {
    /// All nodes of this kind, in source order.
    static func all(in document: Document) -> NodeList<Self>
}

extension DefinitionNode: SyntaxNode {
    package static func all(in document: Document) -> NodeList<Self> { document.definitions }
}
extension OperationDefinitionNode: SyntaxNode {
    package static func all(in document: Document) -> NodeList<Self> { document.operations }
}
extension FragmentDefinitionNode: SyntaxNode {
    package static func all(in document: Document) -> NodeList<Self> { document.fragments }
}
extension VariableDefinitionNode: SyntaxNode {
    package static func all(in document: Document) -> NodeList<Self> { document.variableDefinitions }
}
extension SelectionNode: SyntaxNode {
    package static func all(in document: Document) -> NodeList<Self> { document.selections }
}
extension ArgumentNode: SyntaxNode {
    package static func all(in document: Document) -> NodeList<Self> { document.arguments }
}
extension DirectiveNode: SyntaxNode {
    package static func all(in document: Document) -> NodeList<Self> { document.directives }
}
extension ValueNode: SyntaxNode {
    package static func all(in document: Document) -> NodeList<Self> { document.values }
}
extension TypeNode: SyntaxNode {
    package static func all(in document: Document) -> NodeList<Self> { document.types }
}
extension SchemaDefinitionNode: SyntaxNode {
    package static func all(in document: Document) -> NodeList<Self> { document.schemaDefinitions }
}
extension TypeDefinitionNode: SyntaxNode {
    package static func all(in document: Document) -> NodeList<Self> { document.typeDefinitions }
}
extension DirectiveDefinitionNode: SyntaxNode {
    package static func all(in document: Document) -> NodeList<Self> { document.directiveDefinitions }
}
extension RootOperationTypeNode: SyntaxNode {
    package static func all(in document: Document) -> NodeList<Self> { document.rootOperationTypes }
}
extension FieldDefinitionNode: SyntaxNode {
    package static func all(in document: Document) -> NodeList<Self> { document.fieldDefinitions }
}
extension InputValueDefinitionNode: SyntaxNode {
    package static func all(in document: Document) -> NodeList<Self> { document.inputValueDefinitions }
}
extension EnumValueDefinitionNode: SyntaxNode {
    package static func all(in document: Document) -> NodeList<Self> { document.enumValueDefinitions }
}
extension NameReferenceNode: SyntaxNode {
    package static func all(in document: Document) -> NodeList<Self> { document.nameReferences }
}
