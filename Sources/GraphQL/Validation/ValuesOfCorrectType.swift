/// A literal must be a value of the type that is expected where it stands.
///
/// Spec: 5.6.1 Values of Correct Type, 5.6.4 Input Object Required Fields, 5.6.2 Input Object Field Names, 3.10.1 OneOf
/// Input Objects
extension ValidationContext {
    /// Checks a literal that is no variable, and no object where an input object is expected.
    mutating func valuesOfCorrectType(_ value: Index<ValueNode>, _ node: ValueNode, _ type: TypeReference?) {
        guard let type else { return }
        if node.kind == .null {
            if type.isNonNull { unexpectedValue(value, type) }
            return
        }
        let named = type.namedType
        switch facts.types[named.position].kind {
        case .scalar: scalarLiteral(value, node, type)
        case .enum: enumLiteral(value, node, named)
        case .inputObject, .object, .interface, .union: unexpectedValue(value, type)
        }
    }

    private mutating func scalarLiteral(_ value: Index<ValueNode>, _ node: ValueNode, _ type: TypeReference) {
        let problem: String
        switch schema.types[type.namedType.position].name {
        case "Int":
            if node.kind == .int {
                guard Int32(document.text(of: value)) == nil else { return }
                problem = "Int cannot represent non 32-bit signed integer value"
            } else {
                problem = "Int cannot represent non-integer value"
            }
        case "Float":
            // Spec: 3.5.2 Float, a number that no finite double represents is none.
            let isNumber = node.kind == .int || node.kind == .float
            if isNumber, Double(document.text(of: value))?.isFinite ?? false { return }
            problem = "Float cannot represent non numeric value"
        case "String":
            if node.kind == .string || node.kind == .blockString { return }
            problem = "String cannot represent a non string value"
        case "Boolean":
            if node.kind == .boolean { return }
            problem = "Boolean cannot represent a non boolean value"
        case "ID":
            if node.kind == .string || node.kind == .blockString || node.kind == .int { return }
            problem = "ID cannot represent a non-string and non-integer value"
        default:
            return customScalarLiteral(value, type)
        }
        guard wants(.valuesOfCorrectType) else { return }
        report(.valuesOfCorrectType, "\(problem): \(Printer.print(value, of: document))", at: node.offset)
    }

    private mutating func customScalarLiteral(_ value: Index<ValueNode>, _ type: TypeReference) {
        // It is no variable, so it is a value whatever is inside.
        let literal = document.value(of: value, variables: .none) ?? .null
        do throws(InputError) {
            if try scalars[type.namedType.position].coerceLiteral(literal) == nil { unexpectedValue(value, type) }
        } catch {
            unexpectedValue(value, type, because: error.message)
        }
    }

    private mutating func enumLiteral(_ value: Index<ValueNode>, _ node: ValueNode, _ type: TypeID) {
        let isName = node.kind == .enum
        if isName, schema.types[type.position].memberPositions[Spelling(name(node.name))] != nil { return }
        guard wants(.valuesOfCorrectType) else { return }
        let text = Printer.print(value, of: document)
        let hint = didYouMean(
            "the enum value", suggestions(for: text, among: schema.types[type.position].enumValues.map(\.name)),
            quoted: true)
        let message =
            isName
            ? "Value \"\(text)\" does not exist in \"\(typeName(type))\" enum."
            : "Enum \"\(typeName(type))\" cannot represent non-enum value: \(text)."
        report(.valuesOfCorrectType, message + hint, at: node.offset)
    }

    private mutating func unexpectedValue(
        _ value: Index<ValueNode>, _ type: TypeReference, because reason: String? = nil
    ) {
        guard wants(.valuesOfCorrectType) else { return }
        let text = Printer.print(value, of: document)
        let end = reason.map { "; \($0)" } ?? "."
        report(
            .valuesOfCorrectType, "Expected value of type \"\(schema.name(of: type))\", found \(text)\(end)",
            at: document[value].offset)
    }

    // MARK: Input objects

    mutating func unknownInputField(_ field: ValueNode, of type: TypeID) {
        guard wants(.valuesOfCorrectType) else { return }
        let name = name(field.fieldName.id)
        let hint = didYouMean(suggestions(for: name, among: schema.types[type.position].inputFields.map(\.name)))
        report(
            .valuesOfCorrectType, "Field \"\(name)\" is not defined by type \"\(typeName(type))\".\(hint)",
            at: field.fieldName.offset)
    }

    mutating func requiredInputFields(_ object: Index<ValueNode>, of type: TypeID) {
        for position in facts.types[type.position].inputFields.positions where facts.inputs[position].isRequired {
            let field = facts.inputs[position]
            let isGiven = document.children(of: object).contains {
                names[document.values[$0.position].fieldName.id] == field.name
            }
            guard !isGiven, wants(.valuesOfCorrectType) else { continue }
            let place = "\(typeName(type)).\(schema.name(field.name))"
            report(
                .valuesOfCorrectType,
                "Field \"\(place)\" of required type \"\(schema.name(of: field.type))\" was not provided.",
                at: document[object].offset)
        }
    }

    mutating func oneOfInputObject(_ object: Index<ValueNode>, of type: TypeID) {
        guard wants(.valuesOfCorrectType) else { return }
        guard hasOneField(object) else {
            report(
                .valuesOfCorrectType, "OneOf Input Object \"\(typeName(type))\" must specify exactly one key.",
                at: document[object].offset)
            return
        }
        // Of fields with the same name, the last counts.
        var last: ValueNode?
        for field in document.children(of: object) { last = document[field] }
        guard let last, last.kind == .null else { return }
        report(
            .valuesOfCorrectType, "Field \"\(typeName(type)).\(name(last.fieldName.id))\" must be non-null.",
            at: document[object].offset)
    }
}
