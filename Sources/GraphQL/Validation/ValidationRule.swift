/// A rule that a document must keep to be executed. The order is that of their errors where they arise together.
///
/// Spec: 5 Validation
package enum ValidationRule: UInt8, NamedRule, Sendable {
    case executableDefinitions
    case knownOperationTypes
    case uniqueOperationNames
    case loneAnonymousOperation
    case singleFieldSubscriptions
    case knownTypeNames
    case fragmentsOnCompositeTypes
    case variablesAreInputTypes
    case scalarLeafs
    case fieldsOnCorrectType
    case uniqueFragmentNames
    case knownFragmentNames
    case noUnusedFragments
    case possibleFragmentSpreads
    case noFragmentCycles
    case uniqueVariableNames
    case noUndefinedVariables
    case noUnusedVariables
    case knownDirectives
    case uniqueDirectivesPerLocation
    case knownArgumentNames
    case uniqueArgumentNames
    case valuesOfCorrectType
    case providedRequiredArguments
    case variablesInAllowedPosition
    case overlappingFieldsCanBeMerged
    case uniqueInputFieldNames
    case maxIntrospectionDepth
}

/// The rules to hold a document to.
package struct ValidationRules: Hashable, Sendable, ExpressibleByArrayLiteral {
    private var bits: UInt64

    package init(_ rules: some Sequence<ValidationRule>) {
        bits = rules.reduce(0) { $0 | 1 << UInt64($1.rawValue) }
    }

    package init(arrayLiteral rules: ValidationRule...) { self.init(rules) }

    package static let all = ValidationRules(ValidationRule.allCases)

    package func contains(_ rule: ValidationRule) -> Bool { bits >> UInt64(rule.rawValue) & 1 == 1 }
}
