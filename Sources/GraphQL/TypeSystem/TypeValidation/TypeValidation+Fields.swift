/// Spec: 3.6 Objects and 3.7 Interfaces, Type Validation
extension TypeValidation {
    mutating func validateFields(_ type: NamedType) {
        if type.fields.isEmpty, !isIncomplete(type) {
            report("Type \(type.name) must define one or more fields.", at: places(of: type))
        }
        for field in builder.parts.fields[type.fields] {
            let source = builder.fieldNodes[field.id.position]
            let coordinate = "\(type.name).\(field.name)"
            checkName(field.name, SourcePlace(source.document, source.node.offset))
            if !types[field.type.namedType.position].isOutputType {
                report(
                    "The type of \(coordinate) must be Output Type but got: \(name(of: field.type)).",
                    at: SourcePlace(source.document, source.document[source.node.type].offset))
            }
            validateArguments(arguments(of: field), of: coordinate)
        }
    }

    /// The arguments of a field or directive.
    mutating func validateArguments(_ arguments: [Input], of coordinate: String) {
        for argument in arguments {
            let own = "\(coordinate)(\(argument.definition.name):)"
            checkName(argument.definition.name, argument.place)
            validateInput(argument, "argument", own)
        }
    }

    /// What holds for arguments and input fields alike.
    mutating func validateInput(_ input: Input, _ what: String, _ coordinate: String) {
        let definition = input.definition
        guard types[definition.type.namedType.position].isInputType else {
            report(
                "The type of \(coordinate) must be Input Type but got: \(name(of: definition.type)).",
                at: input.typePlace)
            return
        }
        if definition.isRequired, let deprecated = input.deprecatedPlace {
            report("Required \(what) \(coordinate) cannot be deprecated.", at: deprecated, input.typePlace)
        }
        if !isInputIncomplete, let problem = types.defaultValueProblem(of: definition, coordinate),
            let literal = definition.defaultLiteral
        {
            report(problem, at: SourcePlace(literal.document, literal.document[literal.value].offset))
        }
    }

    /// Spec: 3.9 Enums, Type Validation
    mutating func validateEnumValues(_ type: NamedType) {
        if type.enumValues.isEmpty, !isIncomplete(type) {
            report("Enum type \(type.name) must define one or more values.", at: places(of: type))
        }
        for (document, node) in builder.collected[type.id.position].nodes {
            for value in document[node.enumValues] {
                checkName(document.name(value.name.id), SourcePlace(document, value.offset))
            }
        }
    }

    /// Spec: 3.8 Unions, Type Validation
    mutating func validateUnionMembers(_ union: NamedType) {
        let members = members(of: union)
        if members.isEmpty {
            report("Union type \(union.name) must define one or more member types.", at: places(of: union))
        }
        let places = Dictionary(grouping: members, by: \.name).mapValues { $0.map(\.place) }
        var included: Set<String> = []
        for (name, _) in members {
            guard let type = type(named: name) else { continue }
            if type.kind != .object {
                report(
                    "Union type \(union.name) can only include Object types, it cannot include \(name).",
                    at: places[name] ?? [])
            } else if !included.insert(name).inserted {
                report("Union type \(union.name) can only include type \(name) once.", at: places[name] ?? [])
            }
        }
    }

    /// Spec: 3.10 Input Objects, Type Validation; 3.10.1 OneOf Input Objects
    mutating func validateInputFields(_ type: NamedType) {
        if type.inputFields.isEmpty, !isIncomplete(type) {
            report("Input Object type \(type.name) must define one or more fields.", at: places(of: type))
        }
        for (document, node) in builder.collected[type.id.position].extensions {
            for directive in document[node.directives] where document.name(directive.name.id) == "oneOf" {
                report(
                    "Directive \"@oneOf\" must not be provided by an extension of Input Object type \(type.name).",
                    at: SourcePlace(document, directive.offset))
            }
        }
        for field in inputFields(of: type) {
            let coordinate = "\(type.name).\(field.definition.name)"
            checkName(field.definition.name, field.place)
            validateInput(field, "input field", coordinate)
            guard type.isOneOf else { continue }
            if field.definition.type.isNonNull {
                report("OneOf input field \(coordinate) must be nullable.", at: field.typePlace)
            }
            if field.definition.defaultLiteral != nil {
                report("OneOf input field \(coordinate) cannot have a default value.", at: field.place)
            }
        }
    }
}
