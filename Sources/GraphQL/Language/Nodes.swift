/// The position of a `Node` in its array of a `Document`.
package struct Index<Node>: Hashable, BitwiseCopyable, Sendable {
    package let rawValue: UInt32

    @inlinable package init(_ rawValue: UInt32) { self.rawValue = rawValue }
    @inlinable package init(_ position: Int) { self.rawValue = UInt32(truncatingIfNeeded: position) }
    @inlinable package var position: Int { Int(rawValue) }
}

/// Neighbouring nodes of one array of a `Document`.
package struct NodeRange<Node>: Hashable, BitwiseCopyable, Sendable {
    package let lower: UInt32
    package let upper: UInt32

    @inlinable package init(_ lower: UInt32, _ upper: UInt32) {
        self.lower = lower
        self.upper = upper
    }
    @inlinable package var isEmpty: Bool { lower == upper }
    @inlinable package var count: Int { Int(upper - lower) }
    /// The positions in the document's array of `Node`.
    @inlinable package var positions: Range<Int> { Int(lower)..<Int(upper) }
    @inlinable package static var empty: NodeRange { NodeRange(0, 0) }
}

/// A distinct name of one document. Equal spelling, equal ID.
package struct NameID: Hashable, BitwiseCopyable, Sendable {
    package let rawValue: UInt32
    @inlinable package init(_ rawValue: UInt32) { self.rawValue = rawValue }
    @inlinable package var position: Int { Int(rawValue) }
    /// Stands where the grammar leaves a name out, as in an anonymous operation.
    @inlinable package static var none: NameID { NameID(.max) }
}

/// A name where it is written.
package struct NameNode: Hashable, BitwiseCopyable, Sendable {
    package let id: NameID
    /// Byte offset of its first character.
    package let offset: UInt32
    @inlinable package init(id: NameID, offset: UInt32) {
        self.id = id
        self.offset = offset
    }
}

/// Spec: 2.2 Document, Definition
package struct DefinitionNode: Sendable {
    package enum Kind: UInt8, BitwiseCopyable, Sendable {
        case operation, fragment, schema, type, directive
    }
    package let kind: Kind
    /// Position in `operations`, `fragments`, `schemaDefinitions`, `typeDefinitions` or `directiveDefinitions`.
    package let index: UInt32
    /// Byte offset of the definition's first token (its description, if it has one).
    package let offset: UInt32
}

/// Spec: 2.3 Operations
@usableFromInline package enum OperationType: UInt8, BitwiseCopyable, Sendable, CaseIterable {
    case query, mutation, subscription
}

/// Spec: 2.3 Operations, OperationDefinition
package struct OperationDefinitionNode: Sendable {
    package let operationType: OperationType
    /// `.none` for an anonymous operation; its offset is then that of the definition.
    package let name: NameNode
    package let description: Index<ValueNode>?
    package let variableDefinitions: NodeRange<VariableDefinitionNode>
    package let directives: NodeRange<DirectiveNode>
    /// Preorder range; walk it by `next`.
    package let selectionSet: NodeRange<SelectionNode>
    package let offset: UInt32
    /// Byte offset of the selection set's opening brace.
    package let selectionSetOffset: UInt32
}

/// Spec: 2.8 Fragments, FragmentDefinition
package struct FragmentDefinitionNode: Sendable {
    package let name: NameNode
    package let description: Index<ValueNode>?
    package let typeCondition: NameNode
    package let directives: NodeRange<DirectiveNode>
    package let selectionSet: NodeRange<SelectionNode>
    package let offset: UInt32
    package let selectionSetOffset: UInt32
}

/// Spec: 2.10 Variables, VariableDefinition
package struct VariableDefinitionNode: Sendable {
    /// Without the `$`; its offset is that of the `$`.
    package let name: NameNode
    package let description: Index<ValueNode>?
    package let type: Index<TypeNode>
    package let defaultValue: Index<ValueNode>?
    package let directives: NodeRange<DirectiveNode>
    /// Byte offset of the definition: its description or its `$`.
    package let offset: UInt32
}

/// Spec: 2.4 Selection Sets, Selection
package struct SelectionNode: Sendable {
    package enum Kind: UInt8, BitwiseCopyable, Sendable {
        case field, fragmentSpread, inlineFragment
    }
    package let kind: Kind
    /// Fields: whether braces follow.
    package let hasSelectionSet: Bool
    /// Byte offset of its first token (alias, name or `...`).
    package let offset: UInt32
    /// Fields: the alias if there is one, else the name. Spreads and inline fragments: `.none`.
    package let responseName: NameID
    /// Fields: the field's name. Spreads: the fragment's name. Inline fragments: the type condition, or `.none`.
    package let name: NameNode
    package let arguments: NodeRange<ArgumentNode>
    package let directives: NodeRange<DirectiveNode>
    /// The index behind this selection's subtree; its children are `index + 1 ..< next`.
    package internal(set) var next: UInt32
    /// Byte offset of the opening brace, when there is a selection set.
    package let selectionSetOffset: UInt32
}

/// Spec: 2.6 Arguments
package struct ArgumentNode: Sendable {
    package let name: NameNode
    package let value: Index<ValueNode>
}

/// Spec: 2.13 Directives
package struct DirectiveNode: Sendable {
    package let name: NameNode
    package let arguments: NodeRange<ArgumentNode>
    /// Byte offset of the `@`.
    package let offset: UInt32
}

/// Spec: 2.9 Input Values, Value
package struct ValueNode: Sendable {
    package enum Kind: UInt8, BitwiseCopyable, Sendable {
        case variable, int, float, string, blockString, boolean, null, `enum`, list, object
    }
    package let kind: Kind
    /// Byte range of the literal as written, quotes and brackets included.
    package let offset: UInt32
    package internal(set) var end: UInt32
    /// Variables: the name without `$`. Enum values, `true`, `false`, `null`: the name. Else `.none`.
    package let name: NameID
    /// Fields of an object: the field's name, where it is written. Else `.none`.
    package let fieldName: NameNode
    /// The index behind this value's subtree; children of lists and objects are `index + 1 ..< next`.
    package internal(set) var next: UInt32
}

/// Spec: 2.11 Type References. The wrapped type of a list or non-null type is the node behind it.
package struct TypeNode: Sendable {
    package enum Kind: UInt8, BitwiseCopyable, Sendable {
        case named, list, nonNull
    }
    package let kind: Kind
    package let name: NameID
    package let offset: UInt32
}

/// Spec: 3.3 Schema, SchemaDefinition, SchemaExtension
package struct SchemaDefinitionNode: Sendable {
    package let isExtension: Bool
    package let description: Index<ValueNode>?
    package let directives: NodeRange<DirectiveNode>
    package let rootOperationTypes: NodeRange<RootOperationTypeNode>
    package let offset: UInt32
}

/// Spec: 3.3.1 Root Operation Types, RootOperationTypeDefinition
package struct RootOperationTypeNode: Sendable {
    package let operationType: OperationType
    package let type: NameNode
    package let offset: UInt32
}

/// Spec: 3.4 Types, TypeDefinition, and 3.4.3 Type Extensions
package struct TypeDefinitionNode: Sendable {
    package enum Kind: UInt8, BitwiseCopyable, Sendable {
        case scalar, object, interface, union, `enum`, inputObject
    }
    package let kind: Kind
    package let isExtension: Bool
    package let description: Index<ValueNode>?
    package let name: NameNode
    package let directives: NodeRange<DirectiveNode>
    /// Objects and interfaces: `implements`. Unions: the members. Else empty.
    package let members: NodeRange<NameReferenceNode>
    /// Objects and interfaces.
    package let fields: NodeRange<FieldDefinitionNode>
    /// Input objects.
    package let inputFields: NodeRange<InputValueDefinitionNode>
    /// Enums.
    package let enumValues: NodeRange<EnumValueDefinitionNode>
    package let offset: UInt32
}

/// Spec: 3.13 Directives, DirectiveDefinition
package struct DirectiveDefinitionNode: Sendable {
    package let description: Index<ValueNode>?
    package let name: NameNode
    package let arguments: NodeRange<InputValueDefinitionNode>
    package let isRepeatable: Bool
    package let locations: NodeRange<NameReferenceNode>
    package let offset: UInt32
}

/// Spec: 3.6 Objects, FieldDefinition
package struct FieldDefinitionNode: Sendable {
    package let description: Index<ValueNode>?
    package let name: NameNode
    package let arguments: NodeRange<InputValueDefinitionNode>
    package let type: Index<TypeNode>
    package let directives: NodeRange<DirectiveNode>
    package let offset: UInt32
}

/// Spec: 3.6.1 Field Arguments, InputValueDefinition
package struct InputValueDefinitionNode: Sendable {
    package let description: Index<ValueNode>?
    package let name: NameNode
    package let type: Index<TypeNode>
    package let defaultValue: Index<ValueNode>?
    package let directives: NodeRange<DirectiveNode>
    package let offset: UInt32
}

/// Spec: 3.9 Enums, EnumValueDefinition
package struct EnumValueDefinitionNode: Sendable {
    package let description: Index<ValueNode>?
    package let name: NameNode
    package let directives: NodeRange<DirectiveNode>
    package let offset: UInt32
}

/// A bare name in a list of interfaces, union members or directive locations.
package struct NameReferenceNode: Sendable {
    package let name: NameNode
}
