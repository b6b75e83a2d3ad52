/// A rule that type-system definitions and extensions must keep before a schema can be built from them.
///
/// What the specification demands of a schema as a whole is checked afterwards, by `TypeValidation`. These rules carry
/// the names that graphql-js gives them.
///
/// Spec: 3 Type System
package enum SDLRule: UInt8, CaseIterable, Sendable {
    case loneSchemaDefinition
    case uniqueOperationTypes
    case uniqueTypeNames
    case uniqueEnumValueNames
    case uniqueFieldDefinitionNames
    case uniqueArgumentDefinitionNames
    case uniqueDirectiveNames
    case knownTypeNames
    case knownDirectives
    case uniqueDirectivesPerLocation
    case possibleTypeExtensions
    case knownArgumentNamesOnDirectives
    case uniqueArgumentNames
    case uniqueInputFieldNames
    case providedRequiredArgumentsOnDirectives

    /// The rule that graphql-js calls `name`, such as `UniqueTypeNamesRule`; nil when there is none.
    package init?(name: String) {
        guard let rule = SDLRule.allCases.first(where: { $0.name == name }) else { return nil }
        self = rule
    }

    /// What graphql-js calls the rule.
    package var name: String {
        let name = String(describing: self)
        return name.prefix(1).uppercased() + name.dropFirst() + "Rule"
    }
}
