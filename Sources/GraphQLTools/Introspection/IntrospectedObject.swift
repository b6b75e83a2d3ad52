import GraphQL

/// An object of an introspection result, with the way to it for messages.
struct IntrospectedObject {
    let value: Value
    let path: String

    init(_ value: Value, _ path: String) {
        self.value = value
        self.path = path
    }

    // MARK: Members

    /// A text; nil when it is null or missing.
    func string(_ member: String) throws(Problem) -> String? {
        switch value[member] {
        case .string(let text): return text
        case nil, .null: return nil
        default: throw wrong(member, "a string")
        }
    }

    /// Whether a member is `true`.
    func flag(_ member: String) -> Bool { value[member] == .boolean(true) }

    /// An object; nil when it is null or missing.
    func object(_ member: String) throws(Problem) -> IntrospectedObject? {
        switch value[member] {
        case .object(let fields): return IntrospectedObject(.object(fields), "\(path).\(member)")
        case nil, .null: return nil
        default: throw wrong(member, "an object")
        }
    }

    /// A list of objects; nil when it is null or missing.
    func list(_ member: String) throws(Problem) -> [IntrospectedObject]? {
        switch value[member] {
        case .list(let items):
            return items.enumerated().map { IntrospectedObject($1, "\(path).\(member)[\($0)]") }
        case nil, .null: return nil
        default: throw wrong(member, "a list")
        }
    }

    /// A list of objects that must be there.
    func requiredList(_ member: String) throws(Problem) -> [IntrospectedObject] {
        guard let list = try list(member) else { throw wrong(member, "a list") }
        return list
    }

    /// A list of names that must be there.
    func strings(_ member: String) throws(Problem) -> [String] {
        var names: [String] = []
        for item in try requiredList(member) {
            guard case .string(let name) = item.value, name.isName else {
                throw Problem("\(item.path) must be a name.")
            }
            names.append(name)
        }
        return names
    }

    private func wrong(_ member: String, _ what: String) -> Problem {
        Problem("\(path).\(member) must be \(what).")
    }

    // MARK: Parts of definitions

    /// The member `name`, which must be one.
    func name() throws(Problem) -> String {
        guard let name = try string("name"), name.isName else { throw wrong("name", "a name") }
        return name
    }

    /// A description with a line end behind it; nothing when there is none.
    func description(indentation: String) throws(Problem) -> String {
        try string("description").map { indentation + SchemaPrinter.quoted($0) + "\n" } ?? ""
    }

    /// `@deprecated` behind a space, if this is.
    func deprecated() throws(Problem) -> String {
        let reason = try string("deprecationReason")
        guard flag("isDeprecated") || reason != nil else { return "" }
        return reason.map { " @deprecated(reason: \(SchemaPrinter.quoted($0)))" } ?? " @deprecated"
    }

    /// The member `type` as the language writes it.
    func typeReference() throws(Problem) -> String {
        var (prefix, suffix) = ("", "")
        guard var type = try object("type") else { throw wrong("type", "an object") }
        while true {
            switch try type.string("kind") {
            case "LIST": (prefix, suffix) = (prefix + "[", "]" + suffix)
            case "NON_NULL": suffix = "!" + suffix
            default: return prefix + (try type.name()) + suffix
            }
            guard let wrapped = try type.object("ofType") else {
                throw Problem("\(type.path).ofType is missing: the query must ask for more levels of it.")
            }
            type = wrapped
        }
    }

    /// The default value behind an equals sign; nothing when there is none.
    func defaultValue() throws(Problem) -> String {
        guard let text = try string("defaultValue") else { return "" }
        // The text must be one value and nothing else, whatever it would make of the definitions around it.
        guard let document = parsed("input I { f: T = \(text)\n}"),
            document.inputValueDefinitions.count == 1, document.definitions.count == 1, document.directives.isEmpty,
            let value = document.inputValueDefinitions[0].defaultValue
        else { throw wrong("defaultValue", "a value in the language's notation") }
        return " = " + Printer.print(value, of: document)
    }

    private func parsed(_ text: String) -> Document? {
        do throws(SyntaxError) { return try Document(parsing: text, limits: .trusted) } catch { return nil }
    }
}

extension String {
    /// Name :: NameStart NameContinue*. Spec: 2.1.9 Names
    fileprivate var isName: Bool {
        do throws(SyntaxError) { return try SchemaCoordinate(parsing: self) == .type(self) } catch { return false }
    }
}
