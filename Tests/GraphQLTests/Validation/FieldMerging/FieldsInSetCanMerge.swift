@testable import GraphQL

/// Whether the fields of a document can be merged, by the letter of the specification: every pair of every set, again
/// and again. For small documents whose fragments don't contain themselves.
///
/// Spec: 5.3.2 Field Selection Merging
struct FieldsInSetCanMerge {
    let schema: Schema
    let document: Document

    /// A field, and the type of the selection set that it is in.
    private struct Field {
        let selection: Index<SelectionNode>
        let parentType: NamedType?
    }

    /// A selection set, and the type that it is on.
    private struct SelectionSet {
        let range: NodeRange<SelectionNode>
        let type: NamedType?
    }

    /// FieldsInSetCanMerge() of "any selection set defined in the GraphQL document".
    func holdsEverywhere() -> Bool {
        let roots =
            document.operations.map { operation in
                SelectionSet(
                    range: operation.selectionSet,
                    type: schema.rootType(for: operation.operationType).map { schema[$0] })
            } + document.fragments.map { SelectionSet(range: $0.selectionSet, type: type(named: $0.typeCondition.id)) }
        return roots.allSatisfy(holdsEverywhere)
    }

    private func holdsEverywhere(in set: SelectionSet) -> Bool {
        guard fieldsInSetCanMerge([set]) else { return false }
        return document.selections(in: set.range).allSatisfy { index in
            switch document[index].kind {
            case .field: holdsEverywhere(in: selectionSet(of: Field(selection: index, parentType: set.type)))
            case .inlineFragment: holdsEverywhere(in: selectionSet(ofFragment: index, in: set))
            case .fragmentSpread: true
            }
        }
    }

    // MARK: The algorithm

    private func fieldsInSetCanMerge(_ set: [SelectionSet]) -> Bool {
        pairs(of: set).allSatisfy { fieldA, fieldB in
            guard sameResponseShape(fieldA, fieldB) else { return false }
            let areOfOneObject =
                fieldA.parentType?.id == fieldB.parentType?.id || fieldA.parentType?.kind != .object
                || fieldB.parentType?.kind != .object
            guard areOfOneObject else { return true }
            return document[fieldA.selection].name.id == document[fieldB.selection].name.id
                && arguments(of: fieldA) == arguments(of: fieldB)
                && fieldsInSetCanMerge([selectionSet(of: fieldA), selectionSet(of: fieldB)])
        }
    }

    private func sameResponseShape(_ fieldA: Field, _ fieldB: Field) -> Bool {
        guard var typeA = type(of: fieldA), var typeB = type(of: fieldB) else { return true }
        while typeA.isNonNull || typeB.isNonNull || typeA.isList || typeB.isList {
            guard typeA.isNonNull == typeB.isNonNull, typeA.nullable.isList == typeB.nullable.isList else {
                return false
            }
            (typeA, typeB) = (typeA.nullable, typeB.nullable)
            if typeA.isList { (typeA, typeB) = (typeA.item, typeB.item) }
        }
        if schema[typeA.namedType].isLeaf || schema[typeB.namedType].isLeaf {
            return typeA.namedType == typeB.namedType
        }
        return pairs(of: [selectionSet(of: fieldA), selectionSet(of: fieldB)]).allSatisfy(sameResponseShape)
    }

    /// Each pair of fields with the same response name, "including visiting fragments and inline fragments".
    private func pairs(of set: [SelectionSet]) -> [(Field, Field)] {
        var fields: [Field] = []
        var visited: Set<NameID> = []
        func visit(_ set: SelectionSet) {
            for index in document.selections(in: set.range) {
                let node = document[index]
                switch node.kind {
                case .field: fields.append(Field(selection: index, parentType: set.type))
                case .inlineFragment: visit(selectionSet(ofFragment: index, in: set))
                case .fragmentSpread:
                    guard visited.insert(node.name.id).inserted,
                        let fragment = document.fragments.first(where: { $0.name.id == node.name.id })
                    else { continue }
                    visit(SelectionSet(range: fragment.selectionSet, type: type(named: fragment.typeCondition.id)))
                }
            }
        }
        set.forEach(visit)
        return fields.indices.flatMap { position in
            fields[(position + 1)...].filter {
                document[$0.selection].responseName == document[fields[position].selection].responseName
            }.map { (fields[position], $0) }
        }
    }

    // MARK: What fields have

    private func type(named name: NameID) -> NamedType? { schema.type(named: document.name(name)) }

    private func type(of field: Field) -> TypeReference? {
        field.parentType.flatMap { schema.field(of: $0.id, named: document.name(document[field.selection].name.id)) }?
            .type
    }

    private func selectionSet(of field: Field) -> SelectionSet {
        SelectionSet(
            range: document.selectionSet(of: field.selection), type: type(of: field).map { schema[$0.namedType] })
    }

    private func selectionSet(ofFragment fragment: Index<SelectionNode>, in set: SelectionSet) -> SelectionSet {
        let condition = document[fragment].name.id
        return SelectionSet(
            range: document.selectionSet(of: fragment), type: condition == .none ? set.type : type(named: condition))
    }

    /// The values by their names; the fields of objects have no order either.
    private func arguments(of field: Field) -> [String: Value?] {
        let arguments = document[document[field.selection].arguments].map {
            (document.name($0.name.id), sorted(document.value(of: $0.value, variables: .none)))
        }
        return Dictionary(arguments) { $1 }
    }

    private func sorted(_ value: Value?) -> Value? {
        switch value {
        case .object(let fields)?:
            .object(fields.map { ObjectField($0.name, sorted($0.value) ?? .null) }.sorted { $0.name < $1.name })
        case .list(let items)?: .list(items.map { sorted($0) ?? .null })
        default: value
        }
    }
}
