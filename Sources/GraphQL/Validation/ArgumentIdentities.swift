/// Tells whether fields have identical arguments, in any order.
///
/// Each distinct set of arguments is numbered when it is first met, so that comparing many fields with each other costs
/// no more than reading each once.
///
/// Spec: 5.3.2 Field Selection Merging, "identical sets of arguments"
struct ArgumentIdentities {
    private let document: Document
    private var known: [Spelling: Int32] = [:]
    /// By selection: the number of its arguments; -1 until it is asked for.
    private var numbers: ContiguousArray<Int32> = []

    init(_ document: Document) { self.document = document }

    mutating func areEqual(_ left: Index<SelectionNode>, _ right: Index<SelectionNode>) -> Bool {
        if left == right { return true }
        let (leftArguments, rightArguments) = (document[left].arguments, document[right].arguments)
        guard leftArguments.count == rightArguments.count else { return false }
        return leftArguments.isEmpty || number(left) == number(right)
    }

    /// The number of a field's arguments, zero for none: equal arguments, equal number.
    mutating func number(_ field: Index<SelectionNode>) -> Int32 {
        guard !document[field].arguments.isEmpty else { return 0 }
        if numbers.isEmpty { numbers = ContiguousArray(filledWith: -1, count: document.selections.count) }
        if numbers[field.position] >= 0 { return numbers[field.position] }
        var text = ""
        append(document[document[field].arguments].map { ($0.name.id, $0.value) }, to: &text)
        let number = known[Spelling(text)] ?? Int32(known.count + 1)
        known[Spelling(text)] = number
        numbers[field.position] = number
        return number
    }

    private func append(_ members: [(name: NameID, value: Index<ValueNode>)], to text: inout String) {
        for member in members.sorted(by: { $0.name.rawValue < $1.name.rawValue }) {
            text += "\(document.name(member.name)):"
            append(member.value, to: &text)
            text += ","
        }
    }

    /// Appends the value as text, in which the order of an object's fields plays no part. Recurses as deep as the value
    /// is nested, which `ParserLimits.maximumDepth` bounds.
    private func append(_ value: Index<ValueNode>, to text: inout String) {
        switch document[value].kind {
        case .list:
            text += "["
            for item in document.children(of: value) {
                append(item, to: &text)
                text += ","
            }
            text += "]"
        case .object:
            text += "{"
            append(document.children(of: value).map { (document[$0].fieldName.id, $0) }, to: &text)
            text += "}"
        default:
            text += Printer.print(value, of: document)
        }
    }
}
