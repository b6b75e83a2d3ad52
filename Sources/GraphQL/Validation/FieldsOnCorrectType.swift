/// A field must be defined by the type of the selection set that it is in.
///
/// Spec: 5.3.1 Field Selections
extension ValidationContext {
    /// Reports a field that is not defined by `parentType`.
    mutating func fieldsOnCorrectType(_ field: SelectionNode, _ parentType: TypeID) {
        guard wants(.fieldsOnCorrectType) else { return }
        let name = name(field.name.id)
        var hint = didYouMean("to use an inline fragment on", suggestedTypes(parentType, name), quoted: true)
        if hint.isEmpty {
            let fields = schema.types[parentType.position].fields
            hint = didYouMean(suggestions(for: name, among: schema.fields[fields].map(\.name)))
        }
        report(
            .fieldsOnCorrectType, "Cannot query field \"\(name)\" on type \"\(typeName(parentType))\".\(hint)",
            at: field.offset)
    }

    /// The types that an abstract type may stand for, and their interfaces, as far as they define the field: those that
    /// most of them share come first.
    private func suggestedTypes(_ type: TypeID, _ field: String) -> [String] {
        guard schema.types[type.position].isAbstract else { return [] }
        var suggested: [TypeID] = []
        var usageCounts: [TypeID: Int] = [:]
        for object in schema.types[type.position].possibleTypes where defines(object, field) {
            for type in [object] + schema.types[object.position].interfaces where defines(type, field) {
                if usageCounts[type] == nil { suggested.append(type) }
                usageCounts[type, default: 0] += 1
            }
        }
        suggested.sort { left, right in
            let (leftCount, rightCount) = (usageCounts[left, default: 0], usageCounts[right, default: 0])
            if leftCount != rightCount { return leftCount > rightCount }
            if isInterface(left, of: right) { return true }
            if isInterface(right, of: left) { return false }
            return naturallyPrecedes(typeName(left), typeName(right))
        }
        return suggested.map { typeName($0) }
    }

    private func defines(_ type: TypeID, _ field: String) -> Bool {
        schema.fields[schema.types[type.position].fields].contains { $0.name == field }
    }

    private func isInterface(_ interface: TypeID, of type: TypeID) -> Bool {
        schema.types[type.position].interfaces.contains(interface)
    }
}
