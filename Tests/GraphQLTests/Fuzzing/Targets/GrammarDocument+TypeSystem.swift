// Spec: 3
extension GrammarDocument {
    /// TypeSystemDefinition, TypeSystemExtension. An extension adds at least something.
    mutating func typeSystemDefinition() {
        let isExtension = entropy.isOne(in: 3)
        if isExtension { write("extend") } else { description() }
        switch entropy.number(below: 8) {
        case 0: schema(isExtension: isExtension)
        case 1 where !isExtension: directiveDefinition()
        case 1, 2: type("scalar", isExtension: isExtension) { _ in }
        case 3: type("type", isExtension: isExtension) { $0.fields() }
        case 4: type("interface", isExtension: isExtension) { $0.fields() }
        case 5: type("union", isExtension: isExtension) { $0.names(behind: "=", separator: "|") }
        case 6: type("enum", isExtension: isExtension) { $0.block { $0.enumValue() } }
        default: type("input", isExtension: isExtension) { $0.block { $0.inputValue() } }
        }
    }

    private mutating func schema(isExtension: Bool) {
        write("schema")
        let start = tokens.count
        directives(isConstant: true)
        guard !isExtension || tokens.count == start || maybe() else { return }
        block { document in
            document.write(document.entropy.element(of: ["query", "mutation", "subscription"]), ":")
            document.name()
        }
    }

    /// A keyword, a name, `implements`, directives, and what the kind of type has besides.
    private mutating func type(_ keyword: String, isExtension: Bool, _ body: (inout Self) -> Void) {
        write(keyword)
        name()
        let start = tokens.count
        if keyword == "type" || keyword == "interface" {
            optional { $0.names(behind: "implements", separator: "&") }
        }
        directives(isConstant: true)
        optional(body)
        if isExtension, tokens.count == start { write("@", "a") }
    }

    /// DirectiveDefinition : Description? `directive` @ Name ArgumentsDefinition? `repeatable`? `on` DirectiveLocations
    private mutating func directiveDefinition() {
        write("directive", "@")
        name()
        argumentsDefinition()
        optional { $0.write("repeatable") }
        write("on")
        optionalToken("|")
        let locations = ["QUERY", "FIELD", "VARIABLE_DEFINITION", "SCHEMA", "ENUM_VALUE", "INPUT_FIELD_DEFINITION"]
        write(entropy.element(of: locations))
        while maybe() { write("|", entropy.element(of: locations)) }
    }

    /// ImplementsInterfaces, UnionMemberTypes: names with a separator between them, and perhaps one before.
    private mutating func names(behind opening: String, separator: String) {
        write(opening)
        optionalToken(separator)
        name()
        while maybe() {
            write(separator)
            name()
        }
    }

    private mutating func block(_ item: (inout Self) -> Void) {
        write("{")
        some(item)
        write("}")
    }

    /// FieldsDefinition : { FieldDefinition+ }
    private mutating func fields() {
        block { document in
            document.description()
            document.name()
            document.argumentsDefinition()
            document.write(":")
            document.type()
            document.directives(isConstant: true)
        }
    }

    /// ArgumentsDefinition : ( InputValueDefinition+ )
    private mutating func argumentsDefinition() {
        guard entropy.isOne(in: 3) else { return }
        write("(")
        some { $0.inputValue() }
        write(")")
    }

    /// InputValueDefinition : Description? Name : Type DefaultValue? Directives[Const]?
    private mutating func inputValue() {
        description()
        name()
        write(":")
        type()
        defaultValue()
        directives(isConstant: true)
    }

    /// EnumValueDefinition : Description? EnumValue Directives[Const]?
    private mutating func enumValue() {
        description()
        name(except: ["true", "false", "null"])
        directives(isConstant: true)
    }
}
