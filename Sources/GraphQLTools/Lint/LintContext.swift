import GraphQL

/// What the rules look at, and what they found. Elements that the specification defines are nobody's to change, and are
/// left out.
struct LintContext {
    typealias Element<Definition> = (coordinate: SchemaCoordinate, definition: Definition)

    let schema: Schema
    let types: [Element<NamedType>]
    let fields: [Element<FieldDefinition>]
    let inputFields: [Element<InputValueDefinition>]
    let enumValues: [Element<EnumValueDefinition>]
    let directives: [Element<DirectiveDefinition>]
    /// The arguments of fields and of directives.
    let arguments: [Element<InputValueDefinition>]
    private(set) var findings: [(rule: LintRule, coordinate: SchemaCoordinate, message: String)] = []

    init(_ schema: Schema) {
        self.schema = schema
        let types = schema.types.filter { !$0.isSpecified }
        self.types = types.map { (.type($0.name), $0) }
        let fields = types.flatMap { type in
            schema.fields[type.fields].map { field -> Element<FieldDefinition> in
                (.member(type: type.name, name: field.name), field)
            }
        }
        self.fields = fields
        inputFields = types.flatMap { type in
            type.inputFields.map { (.member(type: type.name, name: $0.name), $0) }
        }
        enumValues = types.flatMap { type in
            type.enumValues.map { (.member(type: type.name, name: $0.name), $0) }
        }
        let directives = schema.directives.filter { !$0.isSpecified }
        self.directives = directives.map { (.directive($0.name), $0) }
        let fieldArguments = fields.flatMap { _, field in
            field.arguments.map { argument -> Element<InputValueDefinition> in
                let type = schema[field.parentType].name
                return (.argument(type: type, field: field.name, name: argument.name), argument)
            }
        }
        let directiveArguments = directives.flatMap { directive in
            directive.arguments.map { argument -> Element<InputValueDefinition> in
                (.directiveArgument(directive: directive.name, name: argument.name), argument)
            }
        }
        arguments = fieldArguments + directiveArguments
    }

    mutating func check(_ rule: LintRule) {
        switch rule {
        case .typeNameCase: typeNameCase()
        case .fieldNameCase: fieldNameCase()
        case .argumentNameCase: argumentNameCase()
        case .enumValueCase: enumValueCase()
        case .directiveNameCase: directiveNameCase()
        case .typeDescription: typeDescription()
        case .fieldDescription: fieldDescription()
        case .argumentDescription: argumentDescription()
        case .enumValueDescription: enumValueDescription()
        case .deprecationReason: deprecationReason()
        case .unusedType: unusedType()
        case .nullableListItem: nullableListItem()
        case .idType: idType()
        case .unboundedList: unboundedList()
        }
    }

    mutating func report(_ rule: LintRule, _ coordinate: SchemaCoordinate, _ message: String) {
        findings.append((rule, coordinate, message))
    }

    /// Reports a name that is not in the right case.
    mutating func checkCase(_ name: String, _ nameCase: NameCase, _ rule: LintRule, _ coordinate: SchemaCoordinate) {
        guard !nameCase.accepts(name) else { return }
        let better = nameCase.rewritten(name)
        let hint = better.isEmpty || better == name ? "" : ": \"\(better)\""
        report(rule, coordinate, "The name is not in \(nameCase.rawValue)\(hint).")
    }

    /// Reports a description that is missing or blank.
    mutating func checkDescription(_ description: String?, _ rule: LintRule, _ coordinate: SchemaCoordinate) {
        guard description?.allSatisfy(\.isWhitespace) ?? true else { return }
        report(rule, coordinate, "There is no description.")
    }
}
