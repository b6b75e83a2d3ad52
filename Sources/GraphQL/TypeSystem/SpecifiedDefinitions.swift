// What the specification defines itself, told by name.

extension NamedType {
    /// Whether the specification defines a type of this name: a built-in scalar or an introspection type.
    ///
    /// Spec: 3.5 Scalars, Built-in Scalars; 4.2 Schema Introspection
    package var isSpecified: Bool { isSpecifiedScalar || isIntrospectionType }

    /// Spec: 3.5 Scalars, Built-in Scalars
    package var isSpecifiedScalar: Bool { ["Int", "Float", "String", "Boolean", "ID"].contains(name) }

    /// Spec: 4.2 Schema Introspection
    package var isIntrospectionType: Bool { name.hasPrefix("__") }
}

extension DirectiveDefinition {
    /// Whether the specification defines a directive of this name.
    ///
    /// Spec: 3.13 Directives
    package var isSpecified: Bool { ["skip", "include", "deprecated", "specifiedBy", "oneOf"].contains(name) }

    /// The reason of a deprecation that gives none. Spec: 3.13.3 @deprecated
    package static let defaultDeprecationReason = "No longer supported"
}
