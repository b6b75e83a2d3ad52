/// A field of an input object may be given only once.
///
/// Spec: 5.6.3 Input Object Field Uniqueness
extension ValidationContext {
    mutating func uniqueInputFieldNames(_ object: Index<ValueNode>) {
        beginMarking()
        for field in document.children(of: object) {
            let name = document.values[field.position].fieldName
            guard !insertMark(name.id), wants(.uniqueInputFieldNames) else { continue }
            let first = document.children(of: object).first { document.values[$0.position].fieldName.id == name.id }
            guard let first else { continue }
            report(
                .uniqueInputFieldNames, "There can be only one input field named \"\(self.name(name.id))\".",
                at: document[first].fieldName.offset, name.offset)
        }
    }
}
