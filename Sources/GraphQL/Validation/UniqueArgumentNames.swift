/// An argument may be given only once.
///
/// Spec: 5.4.2 Argument Uniqueness
extension ValidationContext {
    mutating func uniqueArgumentNames(_ arguments: NodeRange<ArgumentNode>) {
        guard arguments.count > 1 else { return }
        let repeated = repeatedNames(document.arguments[arguments.positions].lazy.map(\.name.id))
        for name in repeated where wants(.uniqueArgumentNames) {
            let nodes = document.arguments[arguments.positions].filter { $0.name.id == name }
            report(
                .uniqueArgumentNames, "There can be only one argument named \"\(self.name(name))\".",
                at: nodes.map(\.name.offset))
        }
    }
}
