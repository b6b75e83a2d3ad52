/// A type system: what a service can be asked.
///
/// Types, fields and names are numbered when the schema is built; validation and planning look up integers, and
/// execution looks up nothing.
///
/// Spec: 3.3 Schema
@usableFromInline package final class Schema: Sendable {
    package let description: String?
    package let types: ContiguousArray<NamedType>
    /// The fields of all types, those of one type together, and behind them the three meta-fields.
    package let fields: ContiguousArray<FieldDefinition>
    package let directives: [DirectiveDefinition]
    package let queryType: TypeID?
    package let mutationType: TypeID?
    package let subscriptionType: TypeID?

    /// `__typename: String!` of every composite type. Spec: 4.1 Type Name Introspection
    package let typenameField: FieldID
    /// `__schema: __Schema!` of the query root. Spec: 4.2 Schema Introspection
    package let schemaField: FieldID
    /// `__type(name: String!): __Type` of the query root.
    package let typeField: FieldID

    let names: NameTable
    private let typesByName: [TypeID?]
    private let directivesByName: [Int32]
    private let fieldTable: FieldTable
    private let possibleTypeSets: [PossibleTypeSet]
    let facts: SchemaFacts
    let costHints: [FieldID: CostHints]
    /// Whether the size of some list depends on an argument.
    let hasSlicingArguments: Bool
    /// The names of fields that are lists of a size that the field around them tells.
    let sizedFields: [String]

    init(_ parts: SchemaParts) {
        description = parts.description
        types = parts.types
        fields = parts.fields
        directives = parts.directives
        costHints = parts.costHints
        hasSlicingArguments = parts.costHints.values.contains { !$0.slicingArguments.isEmpty }
        sizedFields = Set(parts.costHints.values.flatMap(\.sizedFields)).sorted()
        queryType = parts.queryType
        mutationType = parts.mutationType
        subscriptionType = parts.subscriptionType
        typenameField = FieldID(UInt32(parts.fields.count - 3))
        schemaField = FieldID(UInt32(parts.fields.count - 2))
        typeField = FieldID(UInt32(parts.fields.count - 1))

        var names = parts.names
        let typeNames = types.map { names.insert($0.name) }
        let directiveNames = directives.map { names.insert($0.name) }
        var fieldTable = FieldTable(capacity: fields.count + types.count)
        for field in fields.dropLast(3) {
            fieldTable.insert(field.id, of: field.parentType, named: SchemaName(names.insert(field.name)))
        }
        let typename = SchemaName(names.insert("__typename"))
        for type in types where type.isComposite { fieldTable.insert(typenameField, of: type.id, named: typename) }
        if let queryType {
            fieldTable.insert(schemaField, of: queryType, named: SchemaName(names.insert("__schema")))
            fieldTable.insert(typeField, of: queryType, named: SchemaName(names.insert("__type")))
        }
        self.fieldTable = fieldTable
        var typesByName = [TypeID?](repeating: nil, count: names.count)
        for (name, type) in zip(typeNames, types) { typesByName[name.position] = type.id }
        self.typesByName = typesByName
        var directivesByName = [Int32](repeating: -1, count: names.count)
        for (position, name) in directiveNames.enumerated().reversed() {
            directivesByName[name.position] = Int32(position)
        }
        self.directivesByName = directivesByName
        self.names = names
        possibleTypeSets = types.map { PossibleTypeSet($0.possibleTypes, of: parts.types.count) }
        facts = SchemaFacts(parts)
    }

    /// What the schema says about the cost of a field; nil when it says nothing.
    func costHints(of field: FieldID) -> CostHints? { costHints.isEmpty ? nil : costHints[field] }

    package subscript(_ id: TypeID) -> NamedType { types[id.position] }
    package subscript(_ id: FieldID) -> FieldDefinition { fields[id.position] }

    package func type(named name: String) -> NamedType? {
        names.find(name).flatMap { typesByName[$0.position] }.map { types[$0.position] }
    }

    package func type(named name: SchemaName) -> TypeID? {
        name == .unknown ? nil : typesByName[name.position]
    }

    /// The field `name` of a composite type, meta-fields included.
    package func field(of type: TypeID, named name: SchemaName) -> FieldID? {
        fieldTable.find(type, name)
    }

    /// The field `name` of a composite type, meta-fields included.
    package func field(of type: TypeID, named name: String) -> FieldDefinition? {
        names.find(name).flatMap { field(of: type, named: SchemaName($0)) }.map { self[$0] }
    }

    /// The spelling of a name of the schema.
    func name(_ name: SchemaName) -> String { names.string(name.id) }

    package func directive(named name: String) -> DirectiveDefinition? {
        names.find(name).flatMap { directive(named: SchemaName($0)) }.map { directives[$0] }
    }

    /// The position of a directive; nil when there is none of this name.
    func directive(named name: SchemaName) -> Int? {
        guard name != .unknown, directivesByName[name.position] >= 0 else { return nil }
        return Int(directivesByName[name.position])
    }

    package func rootType(for operationType: OperationType) -> TypeID? {
        switch operationType {
        case .query: queryType
        case .mutation: mutationType
        case .subscription: subscriptionType
        }
    }

    /// Whether a value of `type` may be an object of type `object`. Spec: 5.5.2.3 GetPossibleTypes()
    package func isPossible(_ object: TypeID, of type: TypeID) -> Bool {
        possibleTypeSets[type.position].contains(object)
    }

    /// Whether some object is possible for both types.
    package func canOverlap(_ left: TypeID, _ right: TypeID) -> Bool {
        left == right || possibleTypeSets[left.position].intersects(possibleTypeSets[right.position])
    }

    /// The type as the language writes it, such as `[Int!]!`.
    package func name(of reference: TypeReference) -> String { types.name(of: reference) }

    /// The schema's names for those of a document.
    package func names(of document: Document) -> DocumentNames {
        DocumentNames(ids: names.ids(of: document.names))
    }
}

/// A name that occurs in the schema: equal spelling, equal number.
@usableFromInline package struct SchemaName: Hashable, Sendable {
    /// The name's number in the schema's own table.
    let id: NameID
    init(_ id: NameID) { self.id = id }
    var position: Int { id.position }
    /// A name that the schema doesn't have.
    package static let unknown = SchemaName(.none)
}

/// The schema's name for each distinct name of a document.
@usableFromInline package struct DocumentNames: Sendable {
    let ids: ContiguousArray<NameID>

    package subscript(name: NameID) -> SchemaName { SchemaName(ids[name.position]) }
}

/// The object types that a composite type can stand for: as bits, or in order where bits would take more room than the
/// text that names them.
private enum PossibleTypeSet: Sendable {
    case bits([UInt64])
    case list([TypeID])

    init(_ types: [TypeID], of count: Int) {
        let wordCount = (count + 63) / 64
        guard types.count > 1, wordCount <= max(8, types.count) else {
            self = .list(types.sorted { $0.rawValue < $1.rawValue })
            return
        }
        var words = [UInt64](repeating: 0, count: wordCount)
        for type in types { words[type.position / 64] |= 1 << UInt64(type.position % 64) }
        self = .bits(words)
    }

    func contains(_ type: TypeID) -> Bool {
        switch self {
        case .bits(let words): words[type.position / 64] >> UInt64(type.position % 64) & 1 == 1
        case .list(let types): Self.contains(type, in: types)
        }
    }

    private static func contains(_ type: TypeID, in types: [TypeID]) -> Bool {
        var (low, high) = (0, types.count)
        while low < high {
            let middle = (low + high) / 2
            if types[middle].rawValue < type.rawValue { low = middle + 1 } else { high = middle }
        }
        return low < types.count && types[low] == type
    }

    func intersects(_ other: PossibleTypeSet) -> Bool {
        switch (self, other) {
        case (.bits(let words), .bits(let others)): zip(words, others).contains { $0 & $1 != 0 }
        case (.list(let types), .list(let others)) where types.count > others.count:
            others.contains { Self.contains($0, in: types) }
        case (.list(let types), _): types.contains(where: other.contains)
        case (.bits, .list(let types)): types.contains(where: contains)
        }
    }
}
