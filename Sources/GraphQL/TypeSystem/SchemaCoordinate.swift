/// The name of a schema element: a type, a field, an argument, an enum value, a directive.
///
/// It can be spelled before there is a schema, and names at most one element of a schema.
///
/// Spec: 3.14 Schema Coordinates
package enum SchemaCoordinate: Hashable, Sendable {
    /// TypeCoordinate, such as `Business`.
    case type(String)
    /// MemberCoordinate, such as `Business.name`: a field, an input field or an enum value.
    case member(type: String, name: String)
    /// ArgumentCoordinate, such as `Query.searchBusiness(criteria:)`.
    case argument(type: String, field: String, name: String)
    /// DirectiveCoordinate, such as `@private`.
    case directive(String)
    /// DirectiveArgumentCoordinate, such as `@private(scope:)`.
    case directiveArgument(directive: String, name: String)

    /// What contains the element: the type of a member, the field or directive of an argument.
    package var parent: SchemaCoordinate? {
        switch self {
        case .type, .directive: nil
        case .member(let type, _): .type(type)
        case .argument(let type, let field, _): .member(type: type, name: field)
        case .directiveArgument(let directive, _): .directive(directive)
        }
    }
}

extension SchemaCoordinate: CustomStringConvertible {
    /// The coordinate as the specification spells it.
    package var description: String {
        switch self {
        case .type(let name): name
        case .member(let type, let name): "\(type).\(name)"
        case .argument(let type, let field, let name): "\(type).\(field)(\(name):)"
        case .directive(let name): "@\(name)"
        case .directiveArgument(let directive, let name): "@\(directive)(\(name):)"
        }
    }
}
