import GraphQL

/// A random operation on a schema, valid in most cases, with values for its variables.
struct FuzzOperation {
    private(set) var document = ""
    private(set) var variables: [ObjectField] = []

    private let schema: Schema
    private var fragments: [String] = []
    private var definitions: [String] = []
    private var fieldsLeft = 40
    private var aliases = 0

    init(_ entropy: inout Entropy, _ schema: Schema) {
        self.schema = schema
        let isMutation = entropy.isOne(in: 5)
        guard let root = schema.rootType(for: isMutation ? .mutation : .query) else { return }
        let selections = selectionSet(of: schema[root], depth: 2 + entropy.number(below: 3), &entropy)
        let list = definitions.isEmpty ? "" : "(\(definitions.joined(separator: ", ")))"
        document = "\(isMutation ? "mutation" : "query")\(list) \(selections)"
        document += fragments.map { "\n" + $0 }.joined()
    }

    // MARK: Selections

    private mutating func selectionSet(of type: NamedType, depth: Int, _ entropy: inout Entropy) -> String {
        let items = (0...entropy.number(below: 4)).map { _ in selection(in: type, depth: depth, &entropy) }
        return "{ \(items.joined(separator: " ")) }"
    }

    private mutating func selection(in type: NamedType, depth: Int, _ entropy: inout Entropy) -> String {
        let fields = schema.fields[type.fields].filter { field in
            !field.name.hasPrefix("__") && (depth > 0 || schema[field.type.namedType].isLeaf)
        }
        let form = entropy.number(below: 10)
        if form == 0 || fieldsLeft <= 0 { return "__typename" }
        if (form < 3 || fields.isEmpty) && depth > 0 {
            let target = entropy.element(
                of: schema.types.filter { $0.isComposite && schema.canOverlap($0.id, type.id) })
            let selections = selectionSet(of: target, depth: depth - 1, &entropy)
            if form == 1 {
                return "...\(entropy.isOne(in: 9) ? "" : " on \(target.name)")\(condition(&entropy)) \(selections)"
            }
            fragments.append("fragment F\(fragments.count) on \(target.name) \(selections)")
            return "...F\(fragments.count - 1)\(condition(&entropy))"
        }
        guard !fields.isEmpty else { return "__typename" }
        fieldsLeft -= 1
        let field = entropy.element(of: Array(fields))
        let arguments = arguments(of: field, &entropy)
        var alias = ""
        if !arguments.isEmpty || entropy.isOne(in: 3) {
            aliases += 1
            alias = "a\(aliases): "
        }
        let named = schema[field.type.namedType]
        let selections = named.isComposite ? " " + selectionSet(of: named, depth: depth - 1, &entropy) : ""
        return "\(alias)\(field.name)\(arguments)\(condition(&entropy))\(selections)"
    }

    private mutating func condition(_ entropy: inout Entropy) -> String {
        guard entropy.isOne(in: 8) else { return "" }
        let name = entropy.element(of: ["skip", "include"])
        guard entropy.isOne(in: 2) else { return " @\(name)(if: \(entropy.element(of: ["true", "false"])))" }
        return " @\(name)(if: \(variable("Boolean!", .boolean(entropy.isOne(in: 2)))))"
    }

    private mutating func variable(_ type: String, _ value: Value) -> String {
        let name = "v\(definitions.count)"
        definitions.append("$\(name): \(type)")
        variables.append(ObjectField(name, value))
        return "$\(name)"
    }

    // MARK: Arguments

    private mutating func arguments(of field: FieldDefinition, _ entropy: inout Entropy) -> String {
        var parts: [String] = []
        for argument in field.arguments where argument.isRequired || entropy.isOne(in: 2) {
            let value = value(of: argument.type, depth: 3, &entropy)
            if entropy.isOne(in: 4), let json = Self.json(of: value) {
                parts.append("\(argument.name): \(variable(schema.name(of: argument.type), json))")
            } else {
                parts.append("\(argument.name): \(value)")
            }
        }
        return parts.isEmpty ? "" : "(\(parts.joined(separator: ", ")))"
    }

    /// A literal of the type.
    private func value(of type: TypeReference, depth: Int, _ entropy: inout Entropy) -> String {
        if !type.isNonNull, entropy.isOne(in: 8) { return "null" }
        if type.isList {
            let count = depth > 0 ? entropy.number(below: 3) : 0
            return
                "[\((0..<count).map { _ in value(of: type.item, depth: depth - 1, &entropy) }.joined(separator: ", "))]"
        }
        let named = schema[type.namedType]
        switch named.kind {
        case .enum: return entropy.element(of: named.enumValues.map(\.name))
        case .inputObject:
            if named.isOneOf {
                let field = entropy.element(of: named.inputFields)
                var value = "null"
                while value == "null" { value = self.value(of: field.type, depth: depth - 1, &entropy) }
                return "{\(field.name): \(value)}"
            }
            let fields = named.inputFields.filter { field in
                field.isRequired || (depth > 0 && entropy.isOne(in: 2))
            }
            return
                "{\(fields.map { "\($0.name): \(value(of: $0.type, depth: depth - 1, &entropy))" }.joined(separator: ", "))}"
        default:
            switch named.name {
            case "Int": return "\(entropy.number(below: 5) - 1)"
            case "Float": return entropy.element(of: ["0", "1.5", "-2e3"])
            case "Boolean": return entropy.element(of: ["true", "false"])
            default: return entropy.element(of: ["\"\"", "\"text\"", "\"\"\"block\"\"\"", "\"\\u{1F600}\""])
            }
        }
    }

    /// The value of a literal that is spelled as it is in JSON.
    private static func json(of literal: String) -> Value? { try? JSONParser.parse(literal.utf8) }
}
