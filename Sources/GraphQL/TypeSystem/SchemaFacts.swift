/// What validation reads of a schema at every node: plain numbers, side by side.
///
/// The definitions themselves hold names, descriptions and lists; to read one of them copies and retains all that.
final class SchemaFacts: Sendable {
    /// An argument of a field or directive, or a field of an input object.
    struct Input: Sendable {
        let name: SchemaName
        let type: TypeReference
        let hasDefaultValue: Bool
        /// Spec: 5.4.3 Required Arguments
        let isRequired: Bool
    }

    struct Field: Sendable {
        let type: TypeReference
        let isComposite: Bool
        /// Positions in `inputs`.
        let arguments: PositionRange
        let hasRequiredArguments: Bool
    }

    struct NamedTypeFacts: Sendable {
        let kind: NamedType.Kind
        let isOneOf: Bool
        /// How many object types a value may be of.
        let possibleTypes: Int
        /// Input objects: positions in `inputs`.
        let inputFields: PositionRange

        var isComposite: Bool { kind.isComposite }
        var isInputType: Bool { kind.isInputType }
    }

    struct Directive: Sendable {
        let arguments: PositionRange
        let isRepeatable: Bool
        /// A bit for each `DirectiveLocation`.
        let locations: UInt32
    }

    /// By the position of the type.
    let types: ContiguousArray<NamedTypeFacts>
    /// By the position of the field.
    let fields: ContiguousArray<Field>
    /// By the position of the directive.
    let directives: ContiguousArray<Directive>
    let inputs: ContiguousArray<Input>

    init(_ parts: SchemaParts) {
        var inputs: ContiguousArray<Input> = []
        func append(_ definitions: [InputValueDefinition]) -> PositionRange {
            let first = inputs.count
            for definition in definitions {
                inputs.append(
                    Input(
                        name: definition.schemaName, type: definition.type,
                        hasDefaultValue: definition.defaultLiteral != nil, isRequired: definition.isRequired))
            }
            return PositionRange(first..<inputs.count)
        }
        types = ContiguousArray(
            parts.types.map {
                NamedTypeFacts(
                    kind: $0.kind, isOneOf: $0.isOneOf, possibleTypes: $0.possibleTypes.count,
                    inputFields: append($0.inputFields))
            })
        fields = ContiguousArray(
            parts.fields.map {
                Field(
                    type: $0.type, isComposite: parts.types[$0.type.namedType.position].isComposite,
                    arguments: append($0.arguments), hasRequiredArguments: $0.arguments.contains(where: \.isRequired))
            })
        directives = ContiguousArray(
            parts.directives.map {
                Directive(
                    arguments: append($0.arguments), isRepeatable: $0.isRepeatable,
                    locations: $0.locations.reduce(0) { $0 | $1.bit })
            })
        self.inputs = inputs
    }

    /// The argument or input field of this name; nil when there is none.
    @inline(__always)
    func input(named name: SchemaName, in range: PositionRange) -> Input? {
        for position in range.positions where inputs[position].name == name { return inputs[position] }
        return nil
    }
}

extension DirectiveLocation {
    /// This location in `SchemaFacts.Directive.locations`.
    var bit: UInt32 {
        switch self {
        case .query: 1 << 0
        case .mutation: 1 << 1
        case .subscription: 1 << 2
        case .field: 1 << 3
        case .fragmentDefinition: 1 << 4
        case .fragmentSpread: 1 << 5
        case .inlineFragment: 1 << 6
        case .variableDefinition: 1 << 7
        case .schema: 1 << 8
        case .scalar: 1 << 9
        case .object: 1 << 10
        case .fieldDefinition: 1 << 11
        case .argumentDefinition: 1 << 12
        case .interface: 1 << 13
        case .union: 1 << 14
        case .enum: 1 << 15
        case .enumValue: 1 << 16
        case .inputObject: 1 << 17
        case .inputFieldDefinition: 1 << 18
        }
    }
}

/// The field of each (type, name), by open addressing.
struct FieldTable: Sendable {
    /// The type in the upper half, the name in the lower one; all ones where a slot is free.
    private var keys: ContiguousArray<UInt64>
    private var fields: ContiguousArray<FieldID>
    private let shift: UInt64

    private static let free = UInt64.max

    /// Makes an empty table with room for `capacity` fields.
    init(capacity: Int) {
        let bits = max(4, Int.bitWidth - (capacity * 2).leadingZeroBitCount)
        keys = ContiguousArray(filledWith: Self.free, count: 1 << bits)
        fields = ContiguousArray(filledWith: FieldID(0), count: 1 << bits)
        shift = UInt64(64 - bits)
    }

    mutating func insert(_ field: FieldID, of type: TypeID, named name: SchemaName) {
        let key = Self.key(type, name)
        var slot = slot(of: key)
        while keys[slot] != Self.free, keys[slot] != key { slot = (slot + 1) & (keys.count - 1) }
        keys[slot] = key
        fields[slot] = field
    }

    @inline(__always)
    func find(_ type: TypeID, _ name: SchemaName) -> FieldID? {
        let key = Self.key(type, name)
        var slot = slot(of: key)
        while keys[slot] != key {
            if keys[slot] == Self.free { return nil }
            slot = (slot + 1) & (keys.count - 1)
        }
        return fields[slot]
    }

    @inline(__always)
    private func slot(of key: UInt64) -> Int { Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift) }

    @inline(__always)
    private static func key(_ type: TypeID, _ name: SchemaName) -> UInt64 {
        UInt64(type.rawValue) << 32 | UInt64(name.id.rawValue)
    }
}
