/// Turns variables' values and literals into values of input types.
///
/// Spec: 3.4.2 Input and Output Types, Input Coercion of each kind
package struct InputCoercion: Sendable {
    let types: ContiguousArray<NamedType>
    /// By the position of the type; anything for types that are no scalars.
    let scalars: ContiguousArray<Scalar>

    init(types: ContiguousArray<NamedType>, scalars: some Sequence<Scalar>) {
        self.types = types
        self.scalars = ContiguousArray(scalars)
    }

    // MARK: Variables' values

    /// Coerces a JSON value, reporting every part that is wrong.
    ///
    /// - Returns: the value; meaningless when something was reported. Ends early when no more is to be reported.
    func coerceInput(
        _ value: Value, to type: TypeReference, path: ResponsePath = [], _ problems: inout InputProblems
    ) -> Value {
        if type.isNonNull {
            if case .null = value {
                problems.report(
                    InputError("Expected non-nullable type \"\(name(of: type))\" not to be null.", path: path))
                return .null
            }
            return coerceInput(value, to: type.nullable, path: path, &problems)
        }
        if case .null = value { return .null }
        if type.isList {
            guard case .list(let items) = value else {
                return .list([coerceInput(value, to: type.item, path: path, &problems)])
            }
            var coerced: [Value] = []
            for (position, item) in items.enumerated() where !problems.isFull {
                coerced.append(coerceInput(item, to: type.item, path: path + [.index(position)], &problems))
            }
            return .list(coerced)
        }
        let named = types[type.namedType.position]
        switch named.kind {
        case .inputObject:
            return coerceInputObject(value, to: named, path: path, &problems)
        case .enum:
            return coerceEnum(value, to: named, path: path, &problems)
        case .scalar, .object, .interface, .union:
            do throws(InputError) {
                return try scalars[named.id.position].coerceInput(value)
            } catch {
                problems.report(InputError(error.message, path: path))
                return .null
            }
        }
    }

    /// Spec: 3.9 Enums, Input Coercion
    private func coerceEnum(
        _ value: Value, to type: NamedType, path: ResponsePath, _ problems: inout InputProblems
    ) -> Value {
        guard case .string(let name) = value else {
            let text = value.inspected
            let hint = didYouMean("the enum value", suggestionList(text, type.enumValues.map(\.name)), quoted: true)
            let message = "Enum \"\(type.name)\" cannot represent non-string value: \(text).\(hint)"
            problems.report(InputError(message, path: path))
            return .null
        }
        guard type.memberPositions[Spelling(name)] != nil else {
            let hint = didYouMean("the enum value", suggestionList(name, type.enumValues.map(\.name)), quoted: true)
            problems.report(InputError("Value \"\(name)\" does not exist in \"\(type.name)\" enum.\(hint)", path: path))
            return .null
        }
        return .enum(name)
    }

    /// Spec: 3.10 Input Objects, Input Coercion
    private func coerceInputObject(
        _ value: Value, to type: NamedType, path: ResponsePath, _ problems: inout InputProblems
    ) -> Value {
        guard case .object(let given) = value else {
            problems.report(InputError("Expected type \"\(type.name)\" to be an object.", path: path))
            return .null
        }
        let members = GivenMembers(given.lazy.map(\.name), of: type)
        var coerced: [ObjectField] = []
        var isAnyWrong = false
        for (field, member) in zip(type.inputFields, members.positions) where !problems.isFull {
            guard let member else {
                if let defaultValue = field.defaultValue {
                    coerced.append(ObjectField(field.name, defaultValue))
                } else if field.type.isNonNull {
                    problems.report(
                        InputError(
                            "Field \"\(field.name)\" of required type \"\(name(of: field.type))\" was not provided.",
                            path: path))
                }
                continue
            }
            let known = problems.list.count
            let fieldPath = path + [.name(field.name)]
            coerced.append(
                ObjectField(field.name, coerceInput(given[member].value, to: field.type, path: fieldPath, &problems)))
            isAnyWrong = isAnyWrong || problems.list.count > known
        }
        for member in members.unknown where !problems.isFull {
            let name = given[member].name
            let hint = didYouMean(suggestionList(name, type.inputFields.map(\.name)))
            problems.report(
                InputError("Field \"\(name)\" is not defined by type \"\(type.name)\".\(hint)", path: path))
        }
        if type.isOneOf {
            if coerced.count != 1 {
                problems.report(
                    InputError("Exactly one key must be specified for OneOf type \"\(type.name)\".", path: path))
            } else if case .null = coerced[0].value, !isAnyWrong {
                problems.report(
                    InputError(
                        "Field \"\(coerced[0].name)\" must be non-null.", path: path + [.name(coerced[0].name)]))
            }
        }
        return .object(coerced)
    }

    // MARK: Literals

    /// Coerces a literal, in which variables stand for their coerced values; nil when it is no value of the type.
    func coerceLiteral(_ literal: Literal, to type: TypeReference, variables: VariableValues) -> Value? {
        let document = literal.document
        let node = document.values[literal.value.position]
        if node.kind == .variable {
            guard let value = variables[node.name] else { return nil }
            if case .null = value, type.isNonNull { return nil }
            return value
        }
        if type.isNonNull {
            return node.kind == .null ? nil : coerceLiteral(literal, to: type.nullable, variables: variables)
        }
        if node.kind == .null { return .null }
        if type.isList {
            guard node.kind == .list else {
                return coerceLiteral(literal, to: type.item, variables: variables).map { .list([$0]) }
            }
            var items: [Value] = []
            for item in document.children(of: literal.value) {
                if isMissing(item, document, variables) {
                    if type.item.isNonNull { return nil }
                    items.append(.null)
                } else {
                    guard let value = coerceLiteral(Literal(document, item), to: type.item, variables: variables)
                    else { return nil }
                    items.append(value)
                }
            }
            return .list(items)
        }
        let named = types[type.namedType.position]
        switch named.kind {
        case .inputObject:
            return coerceObjectLiteral(literal, to: named, variables: variables)
        case .enum:
            guard node.kind == .enum else { return nil }
            let name = document.name(node.name)
            return named.memberPositions[Spelling(name)] == nil ? nil : .enum(name)
        case .scalar, .object, .interface, .union:
            // The digits as they are written: an ID may be longer than any integer.
            if node.kind == .int, named.name == "ID" { return .string(document.text(of: literal.value)) }
            guard let value = document.value(of: literal.value, variables: variables) else { return nil }
            do throws(InputError) {
                return try scalars[named.id.position].coerceLiteral(value)
            } catch {
                // Validation has said why.
                return nil
            }
        }
    }

    private func coerceObjectLiteral(_ literal: Literal, to type: NamedType, variables: VariableValues) -> Value? {
        let document = literal.document
        guard document.values[literal.value.position].kind == .object else { return nil }
        let given = Array(document.children(of: literal.value))
        let members = GivenMembers(
            given.lazy.map { document.name(document.values[$0.position].fieldName.id) }, of: type)
        guard members.unknown.isEmpty else { return nil }
        var coerced: [ObjectField] = []
        for (field, member) in zip(type.inputFields, members.positions) {
            guard let member, !isMissing(given[member], document, variables) else {
                if let defaultValue = field.defaultValue {
                    coerced.append(ObjectField(field.name, defaultValue))
                } else if field.isRequired {
                    // A default value that is wrong is wrong where it stands, not in each place that takes it in.
                    return nil
                }
                continue
            }
            guard let value = coerceLiteral(Literal(document, given[member]), to: field.type, variables: variables)
            else { return nil }
            coerced.append(ObjectField(field.name, value))
        }
        if type.isOneOf {
            guard given.count == 1, coerced.count == 1, coerced[0].value != .null else { return nil }
        }
        return .object(coerced)
    }

    /// Whether a value is a variable that has none.
    private func isMissing(_ value: Index<ValueNode>, _ document: Document, _ variables: VariableValues) -> Bool {
        let node = document.values[value.position]
        return node.kind == .variable && variables[node.name] == nil
    }

    func name(of type: TypeReference) -> String { types.name(of: type) }
}

/// Where the fields of an input object stand among the members that are given for it, each looked up once.
private struct GivenMembers {
    /// By the position of the field: the position of its member; nil where it is left out.
    private(set) var positions: [Int?]
    /// The members that are no fields of the type, in the order given.
    private(set) var unknown: [Int] = []

    init(_ names: some Sequence<String>, of type: NamedType) {
        positions = [Int?](repeating: nil, count: type.inputFields.count)
        for (member, name) in names.enumerated() {
            if let field = type.memberPositions[Spelling(name)] {
                positions[field] = positions[field] ?? member
            } else {
                unknown.append(member)
            }
        }
    }
}

/// What is wrong with a variable's value, up to a limit: there may be more wrong parts than anybody reads.
struct InputProblems {
    private(set) var list: [InputError] = []
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    var isFull: Bool { list.count >= limit }

    mutating func report(_ problem: InputError) {
        if !isFull { list.append(problem) }
    }
}

/// The coerced values of an operation's variables, by the name's number in its document.
package struct VariableValues: Sendable {
    private var values: [NameID: Value] = [:]

    package static let none = VariableValues()

    /// The variable's value; nil when it was not provided and has no default.
    package subscript(name: NameID) -> Value? {
        values[name]
    }

    mutating func set(_ name: NameID, to value: Value) {
        values[name] = value
    }
}

extension Document {
    /// A literal as a value, whatever its type; variables stand for their values, missing ones for null.
    func value(of index: Index<ValueNode>, variables: VariableValues) -> Value? {
        let node = values[index.position]
        switch node.kind {
        case .variable: return variables[node.name]
        case .null: return .null
        case .boolean: return .boolean(name(node.name) == "true")
        case .int, .float: return .number(text(of: index))
        case .string, .blockString: return .string(string(of: index))
        case .enum: return .enum(name(node.name))
        case .list:
            return .list(children(of: index).map { value(of: $0, variables: variables) ?? .null })
        case .object:
            var fields: [ObjectField] = []
            for member in children(of: index) {
                guard let value = value(of: member, variables: variables) else { continue }
                fields.append(ObjectField(name(values[member.position].fieldName.id), value))
            }
            return .object(fields)
        }
    }
}
