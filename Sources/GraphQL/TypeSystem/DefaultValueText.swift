extension Schema {
    /// An argument's or input field's default value in the language's own notation; nil when there is none.
    ///
    /// It is what is in effect: a single item stands in its list, and an object has the defaults of the fields that it
    /// leaves out. Custom scalars stay as they are written.
    ///
    /// Defaults that take in the same others again and again would be spelled out exponentially often. A text that
    /// grows past `DefaultValueText.maximumBytes` is given up, and what is written stands in its place: it is coerced to
    /// the same value, since whoever reads it knows the defaults of the fields that it leaves out.
    ///
    /// Spec: 4.2.5 The __InputValue Type, `defaultValue`
    package func defaultText(of definition: InputValueDefinition) -> String? {
        guard let literal = definition.defaultLiteral, let value = definition.defaultValue else { return nil }
        var text = DefaultValueText(self)
        do throws(DefaultValueText.TooLong) {
            try text.append(value, literal, as: definition.type)
            return text.text
        } catch {
            return literal.printed
        }
    }
}

/// Writes a default value with the defaults that it takes in. Each step writes something, so that a limit on the text
/// is one on the work.
struct DefaultValueText {
    static let maximumBytes = 1 << 13

    struct TooLong: Error {}

    private let schema: Schema
    private(set) var text = ""

    init(_ schema: Schema) { self.schema = schema }

    private mutating func append(_ part: String) throws(TooLong) {
        text += part
        if text.utf8.count > Self.maximumBytes { throw TooLong() }
    }

    /// Appends a value that `literal` was coerced to.
    mutating func append(_ value: Value, _ literal: Literal, as type: TypeReference) throws(TooLong) {
        if value == .null { return try append("null") }
        if type.isList { return try appendList(value, literal, of: type.item) }
        let named = schema[type.namedType]
        switch named.kind {
        case .scalar, .enum: try append(Self.leafText(of: value, literal, as: named))
        case .object, .interface, .union, .inputObject: try appendObject(value, literal, as: named)
        }
    }

    private mutating func appendList(_ value: Value, _ literal: Literal, of type: TypeReference) throws(TooLong) {
        guard case .list(let items) = value else { return try append(literal.printed) }
        let document = literal.document
        let isList = document[literal.value].kind == .list
        let literals = isList ? Array(document.children(of: literal.value)) : [literal.value]
        try append("[")
        for (position, (item, node)) in zip(items, literals).enumerated() {
            if position > 0 { try append(", ") }
            try append(item, Literal(document, node), as: type)
        }
        try append("]")
    }

    private mutating func appendObject(_ value: Value, _ literal: Literal, as type: NamedType) throws(TooLong) {
        guard case .object(let fields) = value else { return try append(literal.printed) }
        let document = literal.document
        var given: [String: Index<ValueNode>] = [:]
        for field in document.children(of: literal.value) {
            given[document.name(document[field].fieldName.id)] = field
        }
        try append("{")
        // Coercion has left the fields in the order of their definitions.
        var position = 0
        for definition in type.inputFields where position < fields.count && fields[position].name == definition.name {
            // What is neither written nor a default is not among the fields.
            guard let written = given[definition.name].map({ Literal(document, $0) }) ?? definition.defaultLiteral
            else { continue }
            try append((position > 0 ? ", " : "") + definition.name + ": ")
            try append(fields[position].value, written, as: definition.type)
            position += 1
        }
        try append("}")
    }

    private static func leafText(of value: Value, _ literal: Literal, as type: NamedType) -> String {
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
