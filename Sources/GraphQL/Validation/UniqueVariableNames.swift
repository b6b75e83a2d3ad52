/// No two variables of an operation may have the same name.
///
/// Spec: 5.8.1 Variable Uniqueness
extension ValidationContext {
    mutating func uniqueVariableNames(_ operation: OperationDefinitionNode) {
        let definitions = operation.variableDefinitions
        guard definitions.count > 1 else { return }
        let repeated = repeatedNames(document.variableDefinitions[definitions.positions].lazy.map(\.name.id))
        for name in repeated where wants(.uniqueVariableNames) {
            let offsets = document.variableDefinitions[definitions.positions]
                .filter { $0.name.id == name }
                .map { document.offset(ofNameBehindDollar: $0.name.offset) }
            report(
                .uniqueVariableNames, "There can be only one variable named \"$\(self.name(name))\".", at: offsets)
        }
    }
}

extension Document {
    /// Only white space, commas, comments and byte order marks can stand between a `$` and its name.
    fileprivate func offset(ofNameBehindDollar offset: UInt32) -> UInt32 {
        var position = Int(offset) + 1
        var isInComment = false
        while true {
            switch source.bytes[position] {
            case UInt8(ascii: "#"): isInComment = true
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): isInComment = false
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
                if !isInComment { return UInt32(position) }
            default: break
            }
            position += 1
        }
    }
}
