import GraphQL

extension SchemaDiff {
    /// Compares the fields of objects or interfaces.
    mutating func compareFields(_ before: NamedType, _ after: NamedType) {
        let successors = Dictionary(
            new.fields[after.fields].map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var names: Set<String> = []
        for field in old.fields[before.fields] {
            names.insert(field.name)
            let coordinate = SchemaCoordinate.member(type: before.name, name: field.name)
            guard let successor = successors[field.name] else {
                report(.fieldRemoved, coordinate, "\(coordinate) was removed.")
                continue
            }
            compareDescriptions(field.description, successor.description, coordinate)
            compareDeprecations(field.deprecationReason, successor.deprecationReason, coordinate)
            compareInputValues(field.arguments, successor.arguments, .argument) { argument in
                .argument(type: before.name, field: field.name, name: argument)
            }
            let (type, newType) = (old.name(of: field.type), new.name(of: successor.type))
            guard type != newType else { continue }
            report(
                isSafeOutput(field.type, successor.type) ? .fieldChangedKindSafe : .fieldChangedKind, coordinate,
                "\(coordinate) changed type from \(type) to \(newType).")
        }
        for field in new.fields[after.fields] where !names.contains(field.name) {
            let coordinate = SchemaCoordinate.member(type: after.name, name: field.name)
            report(.fieldAdded, coordinate, "\(coordinate) was added.")
        }
    }

    /// Whether who expects an output of type `before` can take one of type `after`: it may be null less often.
    private func isSafeOutput(_ before: TypeReference, _ after: TypeReference) -> Bool {
        if before.isNonNull { return after.isNonNull && isSafeOutput(before.nullable, after.nullable) }
        let after = after.nullable
        if before.isList || after.isList {
            return before.isList && after.isList && isSafeOutput(before.item, after.item)
        }
        return old[before.namedType].name == new[after.namedType].name
    }

    /// Whether an input of type `before` is also one of type `after`: it may be null more often.
    private func isSafeInput(_ before: TypeReference, _ after: TypeReference) -> Bool {
        if after.isNonNull { return before.isNonNull && isSafeInput(before.nullable, after.nullable) }
        let before = before.nullable
        if before.isList || after.isList {
            return before.isList && after.isList && isSafeInput(before.item, after.item)
        }
        return old[before.namedType].name == new[after.namedType].name
    }

    // MARK: Arguments and input fields

    /// The kinds of changes to arguments of fields, to arguments of directives, or to input fields.
    struct InputValueKinds {
        let removed, changed, changedSafely, becameRequired, requiredAdded, optionalAdded,
            defaultChanged: SchemaChange.Kind

        static let argument = InputValueKinds(
            removed: .argRemoved, changed: .argChangedKind, changedSafely: .argChangedKindSafe,
            becameRequired: .argBecameRequired, requiredAdded: .requiredArgAdded, optionalAdded: .optionalArgAdded,
            defaultChanged: .argDefaultValueChange)
        static let inputField = InputValueKinds(
            removed: .fieldRemoved, changed: .fieldChangedKind, changedSafely: .fieldChangedKindSafe,
            becameRequired: .inputFieldBecameRequired, requiredAdded: .requiredInputFieldAdded,
            optionalAdded: .optionalInputFieldAdded, defaultChanged: .inputFieldDefaultValueChange)
        static let directiveArgument = InputValueKinds(
            removed: .directiveArgRemoved, changed: .directiveArgChangedKind,
            changedSafely: .directiveArgChangedKindSafe, becameRequired: .directiveArgBecameRequired,
            requiredAdded: .requiredDirectiveArgAdded, optionalAdded: .optionalDirectiveArgAdded,
            defaultChanged: .directiveArgDefaultValueChange)
    }

    mutating func compareInputValues(
        _ before: [InputValueDefinition], _ after: [InputValueDefinition], _ kinds: InputValueKinds,
        _ coordinateOf: (String) -> SchemaCoordinate
    ) {
        for input in before {
            let coordinate = coordinateOf(input.name)
            guard let successor = after.first(where: { $0.name == input.name }) else {
                report(kinds.removed, coordinate, "\(coordinate) was removed.")
                continue
            }
            compareDescriptions(input.description, successor.description, coordinate)
            compareDeprecations(input.deprecationReason, successor.deprecationReason, coordinate)
            let (type, newType) = (old.name(of: input.type), new.name(of: successor.type))
            let isSafe = isSafeInput(input.type, successor.type)
            if type != newType {
                report(
                    isSafe ? kinds.changedSafely : kinds.changed, coordinate,
                    "\(coordinate) changed type from \(type) to \(newType).")
            }
            if isSafe { compareDefaults(input, successor, kinds, coordinate) }
        }
        for input in after where !before.contains(where: { $0.name == input.name }) {
            let coordinate = coordinateOf(input.name)
            if input.isRequired {
                report(kinds.requiredAdded, coordinate, "\(coordinate) was added, and is required.")
            } else {
                report(kinds.optionalAdded, coordinate, "\(coordinate) was added.")
            }
        }
    }

    private mutating func compareDefaults(
        _ before: InputValueDefinition, _ after: InputValueDefinition, _ kinds: InputValueKinds,
        _ coordinate: SchemaCoordinate
    ) {
        let (value, newValue) = (before.defaultValue?.withSortedMembers, after.defaultValue?.withSortedMembers)
        guard value != newValue else { return }
        let (text, newText) = (old.defaultText(of: before), new.defaultText(of: after))
        guard let newText else {
            let became = "\(coordinate) lost its default value \(text ?? ""), and is required now."
            let lost = "\(coordinate) lost its default value \(text ?? "")."
            report(
                after.isRequired ? kinds.becameRequired : kinds.defaultChanged, coordinate,
                after.isRequired ? became : lost)
            return
        }
        guard let text else {
            return report(kinds.defaultChanged, coordinate, "\(coordinate) got the default value \(newText).")
        }
        report(
            kinds.defaultChanged, coordinate, "\(coordinate) changed its default value from \(text) to \(newText).")
    }
}

extension Value {
    /// The value with the members of its objects in the order of their names, which doesn't matter to anybody.
    fileprivate var withSortedMembers: Value {
        switch self {
        case .list(let items): .list(items.map(\.withSortedMembers))
        case .object(let members):
            .object(
                members.sorted { $0.name < $1.name }.map { ObjectField($0.name, $0.value.withSortedMembers) })
        default: self
        }
    }
}
