/// The introspection data of a schema, for reading: pointers and numbers, so that nothing is copied or retained.
///
/// Its `IntrospectionStorage` outlives it: the resolvers of `__schema` and `__type` hold that, and whoever executes an
/// operation holds the resolvers. Proof of `@unchecked Sendable`: what it points to never changes.
@safe
struct IntrospectionTables: @unchecked Sendable {
    /// A string as JSON, in quotes: a place in `Memory.texts`.
    struct Text: BitwiseCopyable {
        let offset: Int
        /// 0 for null.
        let count: Int

        static let null = Text(offset: 0, count: 0)
        var isNull: Bool { count == 0 }
    }

    struct SchemaRow: BitwiseCopyable {
        var description = Text.null
        /// In `typeList`.
        var types = PositionRange.empty
        var directives = PositionRange.empty
        var queryType: TypeID?
        var mutationType: TypeID?
        var subscriptionType: TypeID?
    }

    struct TypeRow: BitwiseCopyable {
        let kind: NamedType.Kind
        let name, description, specifiedByURL: Text
        let isOneOf: Bool
        let fields, inputFields, enumValues: PositionRange
        /// In `typeList`.
        let interfaces, possibleTypes: PositionRange
    }

    struct FieldRow: BitwiseCopyable {
        let name, description, deprecationReason: Text
        let type: TypeReference
        /// In `inputs`.
        let arguments: PositionRange
    }

    /// An argument or an input field.
    struct InputRow: BitwiseCopyable {
        let name, description, deprecationReason: Text
        let type: TypeReference
        let defaultValue: Text
    }

    struct EnumValueRow: BitwiseCopyable {
        let name, description, deprecationReason: Text
    }

    struct DirectiveRow: BitwiseCopyable {
        let name, description: Text
        let isRepeatable: Bool
        let locations: PositionRange
        /// In `inputs`.
        let arguments: PositionRange
    }

    @safe
    struct Memory {
        let schema: SchemaRow
        let texts: UnsafeRawPointer
        /// By the position of the type.
        let types: UnsafePointer<TypeRow>
        /// What other rows list.
        let typeList: UnsafePointer<TypeReference>
        /// By the position of the field.
        let fields: UnsafePointer<FieldRow>
        let inputs: UnsafePointer<InputRow>
        let enumValues: UnsafePointer<EnumValueRow>
        /// By the position of the directive.
        let directives: UnsafePointer<DirectiveRow>
        let locations: UnsafePointer<DirectiveLocation>
    }

    private let memory: UnsafePointer<Memory>

    init(_ memory: UnsafePointer<Memory>) { unsafe self.memory = memory }

    var schema: SchemaRow { unsafe memory.pointee.schema }
    func type(_ position: Int) -> TypeRow { unsafe memory.pointee.types[position] }
    func listedType(_ position: Int) -> TypeReference { unsafe memory.pointee.typeList[position] }
    func field(_ position: Int) -> FieldRow { unsafe memory.pointee.fields[position] }
    func input(_ position: Int) -> InputRow { unsafe memory.pointee.inputs[position] }
    func enumValue(_ position: Int) -> EnumValueRow { unsafe memory.pointee.enumValues[position] }
    func directive(_ position: Int) -> DirectiveRow { unsafe memory.pointee.directives[position] }
    func location(_ position: Int) -> DirectiveLocation { unsafe memory.pointee.locations[position] }
    func text(_ text: Text) -> EncodedString { unsafe EncodedString(memory.pointee.texts + text.offset, text.count) }
}

/// A string that is encoded as JSON already, or null; it is copied into the response.
@safe
struct EncodedString: OutputValue, @unchecked Sendable {
    static var outputShape: OutputShape { .scalar(["String"]) }

    /// Points into an `IntrospectionStorage`, which never changes and outlives this.
    private let start: UnsafeRawPointer
    /// 0 for null.
    private let count: Int

    init(_ start: UnsafeRawPointer, _ count: Int) {
        unsafe self.start = start
        self.count = count
    }

    static func complete(
        _ value: UnsafePointer<Self>, _ field: FieldPlan, _ wrappers: TypeWrappers, _ execution: inout Execution
    ) -> Completion {
        let text = unsafe value.pointee
        if text.count == 0 { return .null }
        unsafe execution.buffer.append(padded: text.start, count: text.count)
        return .value
    }
}
