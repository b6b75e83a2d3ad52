/// Every definition must be an operation or a fragment.
///
/// Spec: 5.1.1 Executable Definitions
extension ValidationContext {
    mutating func executableDefinitions() {
        for definition in document.definitions where wants(.executableDefinitions) {
            let what: String
            let index = Int(definition.index)
            switch definition.kind {
            case .operation, .fragment: continue
            case .schema: what = "schema"
            case .type: what = "\"\(name(document.typeDefinitions[index].name.id))\""
            case .directive: what = "\"\(name(document.directiveDefinitions[index].name.id))\""
            }
            report(.executableDefinitions, "The \(what) definition is not executable.", at: definition.offset)
        }
    }
}
