/// Prints schemas in the type-system language, as graphql-js does.
///
/// The schema definition comes first, then directives, then types, both in the schema's own order. What the
/// specification defines is left out, and so is a schema definition that says nothing. Of the directives that
/// definitions carry, those that the schema understands are printed: `@deprecated`, `@specifiedBy` and `@oneOf`.
///
/// Spec: 3 Type System
package struct SchemaPrinter {
    let schema: Schema

    private init(_ schema: Schema) { self.schema = schema }

    /// The whole schema, one blank line between definitions, without a line end behind the last.
    package static func print(_ schema: Schema) -> String {
        let printer = SchemaPrinter(schema)
        var definitions: [String] = []
        if let definition = printer.schemaDefinition { definitions.append(definition) }
        for directive in schema.directives where !directive.isSpecified { definitions.append(printer.text(directive)) }
        for type in schema.types where !type.isSpecified { definitions.append(printer.text(type)) }
        return definitions.joined(separator: "\n\n")
    }

    /// One type of a schema.
    package static func print(_ type: NamedType, of schema: Schema) -> String {
        SchemaPrinter(schema).text(type)
    }

    /// One directive of a schema.
    package static func print(_ directive: DirectiveDefinition, of schema: Schema) -> String {
        SchemaPrinter(schema).text(directive)
    }

    /// A text as a string literal in quotes.
    package static func quoted(_ text: String) -> String { StringLiteral.quoted(text) }

    // MARK: Schema

    /// SchemaDefinition; nil where it can be left out.
    ///
    /// Spec: 3.3.1 Root Operation Types, Default Root Operation Type Names
    private var schemaDefinition: String? {
        let roots = OperationType.allCases.compactMap { operation in
            schema.rootType(for: operation).map { (operation: operation, name: schema[$0].name) }
        }
        guard !roots.isEmpty, schema.description != nil || !hasDefaultRoots else { return nil }
        return description(schema.description) + "schema"
            + block(roots.map { "  \($0.operation): \($0.name)" })
    }

    /// Whether the root types are those that a schema without a definition has.
    private var hasDefaultRoots: Bool {
        OperationType.allCases.allSatisfy { operation in
            let root = schema.rootType(for: operation)
            let named = schema.type(named: operation.defaultRootName)
            return root == (named?.kind == .object ? named?.id : nil)
        }
    }

    // MARK: Directives

    /// DirectiveDefinition
    private func text(_ directive: DirectiveDefinition) -> String {
        description(directive.description) + "directive @" + directive.name + text(directive.arguments, indentation: "")
            + (directive.isRepeatable ? " repeatable on " : " on ")
            + directive.locations.map(\.rawValue).joined(separator: " | ")
    }

    // MARK: Types

    /// TypeDefinition
    private func text(_ type: NamedType) -> String {
        let head = description(type.description) + type.kind.keyword + " " + type.name
        switch type.kind {
        case .scalar:
            return head + (type.specifiedByURL.map { " @specifiedBy(url: \(Self.quoted($0)))" } ?? "")
        case .object, .interface:
            return head + implements(type) + block(items(schema.fields[type.fields], \.description, text))
        case .union:
            let members = type.possibleTypes.map { schema[$0].name }
            return head + (members.isEmpty ? "" : " = " + members.joined(separator: " | "))
        case .enum:
            return head
                + block(items(type.enumValues, \.description) { $0.name + deprecated($0.deprecationReason) })
        case .inputObject:
            return head + (type.isOneOf ? " @oneOf" : "") + block(items(type.inputFields, \.description, text))
        }
    }

    /// ImplementsInterfaces
    private func implements(_ type: NamedType) -> String {
        let names = type.interfaces.map { schema[$0].name }
        return names.isEmpty ? "" : " implements " + names.joined(separator: " & ")
    }

    /// FieldDefinition
    private func text(_ field: FieldDefinition) -> String {
        field.name + text(field.arguments, indentation: "  ") + ": " + schema.name(of: field.type)
            + deprecated(field.deprecationReason)
    }

    /// ArgumentsDefinition, on lines of their own when one has a description.
    private func text(_ arguments: [InputValueDefinition], indentation: String) -> String {
        guard !arguments.isEmpty else { return "" }
        guard arguments.contains(where: { $0.description?.isEmpty == false }) else {
            return "(" + arguments.map(text).joined(separator: ", ") + ")"
        }
        let lines = items(arguments, \.description, indentation: indentation + "  ", text)
        return "(\n" + lines.joined(separator: "\n") + "\n" + indentation + ")"
    }

    /// InputValueDefinition
    private func text(_ input: InputValueDefinition) -> String {
        input.name + ": " + schema.name(of: input.type)
            + (schema.defaultText(of: input).map { " = " + $0 } ?? "")
            + deprecated(input.deprecationReason)
    }

    /// `@deprecated`, its reason only where it gives one. Spec: 3.13.3 @deprecated
    private func deprecated(_ reason: String?) -> String {
        guard let reason else { return "" }
        guard reason != DirectiveDefinition.defaultDeprecationReason else { return " @deprecated" }
        return " @deprecated(reason: \(Self.quoted(reason)))"
    }

    // MARK: Layout

    /// Lines in braces; nothing when there are none.
    private func block(_ lines: [String]) -> String {
        lines.isEmpty ? "" : " {\n" + lines.joined(separator: "\n") + "\n}"
    }

    /// Indented definitions. One with a description has a blank line before it, unless it is the first.
    private func items<Definition>(
        _ definitions: some Sequence<Definition>, _ descriptionOf: (Definition) -> String?, indentation: String = "  ",
        _ textOf: (Definition) -> String
    ) -> [String] {
        definitions.enumerated().map { position, definition in
            let text = description(descriptionOf(definition), indentation: indentation)
            return (text.isEmpty || position == 0 ? "" : "\n") + text + indentation + textOf(definition)
        }
    }

    /// Description, each line of it indented, with a line end; nothing when there is none.
    private func description(_ text: String?, indentation: String = "") -> String {
        guard let text else { return "" }
        let literal = text.isPrintableAsBlockString ? StringLiteral.blockQuoted(text) : StringLiteral.quoted(text)
        let lines = literal.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { indentation + $0 }.joined(separator: "\n") + "\n"
    }
}

extension OperationType {
    /// Spec: 3.3.1 Root Operation Types, Default Root Operation Type Names
    package var defaultRootName: String {
        switch self {
        case .query: "Query"
        case .mutation: "Mutation"
        case .subscription: "Subscription"
        }
    }
}

extension String {
    /// Whether a block string can stand for this text: it has no characters that a block string can't hold, and no
    /// white space at its edges that BlockStringValue() would take away.
    ///
    /// Spec: 2.9.4 String Value, Block Strings
    fileprivate var isPrintableAsBlockString: Bool {
        var isEmptyLine = true
        var hasIndentation = false
        var hasCommonIndentation = true
        var hasLines = false
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "\n"):
                if isEmptyLine, !hasLines { return false }
                hasLines = true
                isEmptyLine = true
                hasIndentation = false
            case UInt8(ascii: "\t"), UInt8(ascii: " "):
                hasIndentation = hasIndentation || isEmptyLine
            case 0x00...0x0F:
                return false
            default:
                hasCommonIndentation = hasCommonIndentation && hasIndentation
                isEmptyLine = false
            }
        }
        return isEmpty || !isEmptyLine && !(hasCommonIndentation && hasLines)
    }
}
