extension Schema {
    /// An argument's or input field's default value in the language's own notation; nil when there is none.
    ///
    /// It is what is in effect: a single item stands in its list, and an object has the defaults of the fields that it
    /// leaves out. Custom scalars stay as they are written.
    ///
    /// Spec: 4.2.5 The __InputValue Type, `defaultValue`
    package func defaultText(of definition: InputValueDefinition) -> String? {
        guard let literal = definition.defaultLiteral, let value = definition.defaultValue else { return nil }
        return text(of: value, literal, as: definition.type)
    }

    private func text(of value: Value, _ literal: Literal, as type: TypeReference) -> String {
        if value == .null { return "null" }
        let document = literal.document
        let node = document[literal.value]
        if type.isList {
            guard case .list(let items) = value else { return literal.printed }
            let literals = node.kind == .list ? Array(document.children(of: literal.value)) : [literal.value]
            let texts = zip(items, literals).map { text(of: $0, Literal(document, $1), as: type.item) }
            return "[" + texts.joined(separator: ", ") + "]"
        }
        let named = self[type.namedType]
        switch named.kind {
        case .scalar, .enum: return leafText(of: value, literal, as: named)
        case .object, .interface, .union, .inputObject: break
        }
        guard case .object(let fields) = value else { return literal.printed }
        var given: [String: Index<ValueNode>] = [:]
        for field in document.children(of: literal.value) {
            given[document.name(document[field].fieldName.id)] = field
        }
        let texts = fields.compactMap { field -> String? in
            guard let definition = named.inputFields.first(where: { $0.name == field.name }) else { return nil }
            let written = given[field.name].map { text(of: field.value, Literal(document, $0), as: definition.type) }
            return (written ?? defaultText(of: definition)).map { "\(field.name): \($0)" }
        }
        return "{" + texts.joined(separator: ", ") + "}"
    }

    private func leafText(of value: Value, _ literal: Literal, as type: NamedType) -> String {
        switch (type.name, value) {
        case ("ID", .string(let text)):
            return text.isIntegerLiteral ? text : StringLiteral.quoted(text)
        case ("String", .string(let text)): return StringLiteral.quoted(text)
        case ("Float", .float(let number)) where number.rounded() == number && abs(number) < 1e15:
            return String(Int(number))
        case ("Float", .float(let number)): return String(number)
        default: return literal.printed
        }
    }
}

extension String {
    /// Whether this is spelled like an integer, however long. Spec: 2.9.1 Int Value, IntegerPart
    fileprivate var isIntegerLiteral: Bool {
        let digits = utf8.first == UInt8(ascii: "-") ? utf8.dropFirst() : utf8[...]
        guard let first = digits.first, digits.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else { return false }
        return first != UInt8(ascii: "0") || digits.count == 1
    }
}
