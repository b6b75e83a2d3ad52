/// An object in a default value or in a directive's argument may give a field only once.
///
/// Spec: 5.6.3 Input Object Field Uniqueness
extension SDLValidationContext {
    mutating func uniqueInputFieldNames() {
        for document in documents {
            for (position, node) in document.values.enumerated() where node.kind == .object {
                var seen: [NameID: UInt32] = [:]
                for field in document.children(of: Index<ValueNode>(position)) {
                    let name = document[field].fieldName
                    if let first = seen[name.id] {
                        report(
                            .uniqueInputFieldNames,
                            "There can be only one input field named \"\(document.name(name.id))\".",
                            at: SourcePlace(document, first), SourcePlace(document, name.offset))
                    } else {
                        seen[name.id] = name.offset
                    }
                }
            }
        }
    }
}
