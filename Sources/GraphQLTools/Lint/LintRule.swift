/// A habit that a schema can be held to. Each is a method of `LintContext` in a file of its own.
package enum LintRule: String, CaseIterable, Sendable {
    case typeNameCase = "type-name-case"
    case fieldNameCase = "field-name-case"
    case argumentNameCase = "argument-name-case"
    case enumValueCase = "enum-value-case"
    case directiveNameCase = "directive-name-case"
    case typeDescription = "type-description"
    case fieldDescription = "field-description"
    case argumentDescription = "argument-description"
    case enumValueDescription = "enum-value-description"
    case deprecationReason = "deprecation-reason"
    case unusedType = "unused-type"
    case nullableListItem = "nullable-list-item"
    case idType = "id-type"
    case unboundedList = "unbounded-list"

    /// What the rule asks for.
    package var summary: String {
        switch self {
        case .typeNameCase: "Types are named in PascalCase."
        case .fieldNameCase: "Fields and input fields are named in camelCase."
        case .argumentNameCase: "Arguments are named in camelCase."
        case .enumValueCase: "Enum values are named in UPPER_CASE."
        case .directiveNameCase: "Directives are named in camelCase."
        case .typeDescription: "Types and directives have descriptions."
        case .fieldDescription: "Fields and input fields have descriptions."
        case .argumentDescription: "Arguments have descriptions."
        case .enumValueDescription: "Enum values have descriptions."
        case .deprecationReason: "A deprecation says what to use instead."
        case .unusedType: "Every type can be reached from an operation or a directive."
        case .nullableListItem: "Lists hold no nulls."
        case .idType: "A field named id is an ID!."
        case .unboundedList: "A list of objects at the query root can be asked for in parts."
        }
    }
}
