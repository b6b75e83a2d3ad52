/// A variable must fit where it is used, whatever value it has.
///
/// Spec: 5.8.5 All Variable Usages Are Allowed
extension ValidationContext {
    mutating func variablesInAllowedPosition(_ usage: VariableUsage, _ variable: Index<VariableDefinitionNode>) {
        let definition = document[variable]
        if let oneOf = usage.oneOf, document[definition.type].kind != .nonNull, wants(.valuesOfCorrectType),
            nullableOneOfs.insert(oneOf.object).inserted
        {
            report(
                .valuesOfCorrectType,
                "Variable \"\(name(definition.name.id))\" must be non-nullable to be used for OneOf Input Object "
                    + "\"\(typeName(oneOf.type))\".",
                at: document[oneOf.object].offset)
        }
        guard let variableType = variableTypes[variable.position], let locationType = usage.type,
            !isVariableUsageAllowed(usage, definition, variableType, locationType), wants(.variablesInAllowedPosition)
        else { return }
        report(
            .variablesInAllowedPosition,
            "Variable \"$\(name(definition.name.id))\" of type \"\(schema.name(of: variableType))\" used in position "
                + "expecting type \"\(schema.name(of: locationType))\".",
            at: definition.offset, document[usage.value].offset)
    }

    /// Spec: 5.8.5 IsVariableUsageAllowed()
    private func isVariableUsageAllowed(
        _ usage: VariableUsage, _ definition: VariableDefinitionNode, _ variableType: TypeReference,
        _ locationType: TypeReference
    ) -> Bool {
        guard locationType.isNonNull, !variableType.isNonNull else {
            return areTypesCompatible(variableType, locationType)
        }
        let hasDefaultValue = definition.defaultValue.map { document[$0].kind != .null } ?? false
        guard hasDefaultValue || usage.hasDefaultValue else { return false }
        return areTypesCompatible(variableType, locationType.nullable)
    }

    /// Spec: 5.8.5 AreTypesCompatible()
    private func areTypesCompatible(_ variableType: TypeReference, _ locationType: TypeReference) -> Bool {
        var (variableType, locationType) = (variableType, locationType)
        while true {
            if locationType.isNonNull, !variableType.isNonNull { return false }
            guard locationType.isList else {
                return !variableType.isList && variableType.namedType == locationType.namedType
            }
            guard variableType.isList else { return false }
            (variableType, locationType) = (variableType.item, locationType.item)
        }
    }
}
