package import GraphQL

/// The answer to an introspection query, read as the definitions that it describes.
///
/// What every schema has by itself is left out: built-in scalars, introspection types, specified directives. Answers
/// of services that know an older edition of the specification lack members; what they don't say is taken as not there.
///
/// Spec: 4.2 Schema Introspection
package struct IntrospectionResult {
    /// The definitions in the type-system language. They may still contradict each other.
    package private(set) var definitions: [String] = []

    /// - Parameter answer: the whole answer, or what is in its member `data`.
    /// - Throws: the first thing that is missing or isn't what it must be.
    package init(_ answer: Value) throws(Problem) {
        let data = answer["data"] ?? answer
        guard let schema = data["__schema"], case .object = schema else {
            if case .list(let errors)? = answer["errors"], case .string(let message)? = errors.first?["message"] {
                throw Problem("The introspection query was answered with an error: \(message)")
            }
            throw Problem("This is no answer to an introspection query: it has no member \"__schema\".")
        }
        let object = IntrospectedObject(schema, "__schema")
        try readRoots(object)
        for directive in try object.list("directives") ?? [] { try readDirective(directive) }
        for type in try object.requiredList("types") { try readType(type) }
    }

    // MARK: Definitions

    private mutating func readRoots(_ schema: IntrospectedObject) throws(Problem) {
        var text = try schema.description(indentation: "") + "schema {"
        for (operation, member) in [
            ("query", "queryType"), ("mutation", "mutationType"), ("subscription", "subscriptionType"),
        ] {
            guard let root = try schema.object(member) else { continue }
            text += "\n  \(operation): \(try root.name())"
        }
        definitions.append(text + "\n}")
    }

    private mutating func readDirective(_ directive: IntrospectedObject) throws(Problem) {
        let name = try directive.name()
        if ["skip", "include", "deprecated", "specifiedBy", "oneOf"].contains(name) { return }
        let locations = try directive.strings("locations")
        definitions.append(
            try directive.description(indentation: "") + "directive @\(name)"
                + arguments(of: directive, indentation: "")
                + (directive.flag("isRepeatable") ? " repeatable on " : " on ") + locations.joined(separator: " | "))
    }

    private mutating func readType(_ type: IntrospectedObject) throws(Problem) {
        let name = try type.name()
        if name.hasPrefix("__") || ["Int", "Float", "String", "Boolean", "ID"].contains(name) { return }
        var text = try type.description(indentation: "")
        switch try type.string("kind") {
        case "SCALAR":
            let (url, olderURL) = (try type.string("specifiedByURL"), try type.string("specifiedByUrl"))
            text +=
                "scalar \(name)" + ((url ?? olderURL).map { " @specifiedBy(url: \(SchemaPrinter.quoted($0)))" } ?? "")
        case "OBJECT":
            text += "type \(name)" + (try interfaces(of: type)) + (try fields(of: type))
        case "INTERFACE":
            text += "interface \(name)" + (try interfaces(of: type)) + (try fields(of: type))
        case "UNION":
            text += "union \(name)" + (try names(in: "possibleTypes", of: type, " = ", " | "))
        case "ENUM":
            text += "enum \(name)"
            text += try block(type.requiredList("enumValues")) { value throws(Problem) in
                try value.name() + value.deprecated()
            }
        case "INPUT_OBJECT":
            text += "input \(name)" + (type.flag("isOneOf") ? " @oneOf" : "")
            text += try block(type.requiredList("inputFields"), inputValue)
        case let kind:
            throw Problem("\(type.path) has the kind \(kind ?? "null"), which no named type has.")
        }
        definitions.append(text)
    }

    private func interfaces(of type: IntrospectedObject) throws(Problem) -> String {
        try names(in: "interfaces", of: type, " implements ", " & ")
    }

    private func names(
        in member: String, of type: IntrospectedObject, _ prefix: String, _ separator: String
    ) throws(Problem) -> String {
        var names: [String] = []
        for other in try type.list(member) ?? [] { names.append(try other.name()) }
        return names.isEmpty ? "" : prefix + names.joined(separator: separator)
    }

    private func fields(of type: IntrospectedObject) throws(Problem) -> String {
        try block(type.requiredList("fields")) { field throws(Problem) in
            try field.name() + arguments(of: field, indentation: "  ") + ": " + field.typeReference()
                + field.deprecated()
        }
    }

    private func arguments(of object: IntrospectedObject, indentation: String) throws(Problem) -> String {
        let arguments = try object.list("args") ?? []
        return arguments.isEmpty
            ? "" : try lines(arguments, "(", indentation + "  ", inputValue) + "\n" + indentation + ")"
    }

    private func inputValue(_ input: IntrospectedObject) throws(Problem) -> String {
        try input.name() + ": " + input.typeReference() + input.defaultValue() + input.deprecated()
    }

    private func block(
        _ items: [IntrospectedObject], _ text: (IntrospectedObject) throws(Problem) -> String
    ) throws(Problem) -> String {
        items.isEmpty ? "" : try lines(items, " {", "  ", text) + "\n}"
    }

    private func lines(
        _ items: [IntrospectedObject], _ opening: String, _ indentation: String,
        _ text: (IntrospectedObject) throws(Problem) -> String
    ) throws(Problem) -> String {
        var result = opening
        for item in items {
            result += try "\n" + item.description(indentation: indentation) + indentation + text(item)
        }
        return result
    }
}
