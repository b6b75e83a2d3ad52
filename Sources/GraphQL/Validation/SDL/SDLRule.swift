/// A rule that type-system definitions and extensions must keep before a schema can be built from them.
///
/// What the specification demands of a schema as a whole is checked afterwards, by `TypeValidation`. These rules carry
/// the names that graphql-js gives them.
///
/// Spec: 3 Type System
package enum SDLRule: UInt8, NamedRule, Sendable {
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
}
