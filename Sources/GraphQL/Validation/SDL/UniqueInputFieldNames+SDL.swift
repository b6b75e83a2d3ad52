/// An object in a default value or in a directive's argument may give a field only once.
///
/// Spec: 5.6.3 Input Object Field Uniqueness
extension SDLValidationContext {
    mutating func uniqueInputFieldNames() {
        for document in documents {
            var repeated: [(first: UInt32, offset: UInt32, name: NameID)] = []
            for (position, node) in document.values.enumerated() where node.kind == .object {
                var seen: [NameID: UInt32] = [:]
                for field in document.children(of: Index<ValueNode>(position)) {
                    let name = document[field].fieldName
                    if let first = seen[name.id] {
                        repeated.append((first, name.offset, name.id))
                    } else {
                        seen[name.id] = name.offset
                    }
                }
            }
            // An object inside another one is read before the fields behind it.
            for (first, offset, name) in repeated.sorted(by: { $0.offset < $1.offset }) {
                report(
                    .uniqueInputFieldNames, "There can be only one input field named \"\(document.name(name))\".",
                    at: SourcePlace(document, first), SourcePlace(document, offset))
            }
        }
    }
}
