/// A schema as introspection reads it: rows of numbers, and every string encoded as JSON once.
///
/// Invariant, and the proof of `unsafe` and `@unchecked Sendable`: `tables` points to memory that this object owns,
/// all of which is initialised here and never changes.
///
/// Spec: 4.2 Schema Introspection
@safe
final class IntrospectionStorage: @unchecked Sendable {
    let tables: IntrospectionTables
    private let texts: ResponseBuffer
    private let memory: UnsafeMutablePointer<IntrospectionTables.Memory>

    init(_ schema: Schema) {
        var rows = IntrospectionRows(schema)
        rows.texts.pad()
        texts = rows.texts
        unsafe memory = .allocate(capacity: 1)
        unsafe memory.initialize(
            to: IntrospectionTables.Memory(
                schema: rows.schema, texts: UnsafeRawPointer(texts.base), types: copy(rows.types),
                typeList: copy(rows.typeList),
                fields: copy(rows.fields), inputs: copy(rows.inputs), enumValues: copy(rows.enumValues),
                directives: copy(rows.directives),
                locations: copy(rows.locations)))
        tables = unsafe IntrospectionTables(memory)
    }

    deinit {
        unsafe memory.pointee.types.deallocate()
        unsafe memory.pointee.typeList.deallocate()
        unsafe memory.pointee.fields.deallocate()
        unsafe memory.pointee.inputs.deallocate()
        unsafe memory.pointee.enumValues.deallocate()
        unsafe memory.pointee.directives.deallocate()
        unsafe memory.pointee.locations.deallocate()
        unsafe memory.deallocate()
    }
}

/// A copy of the rows, to be deallocated by who asks for it.
private func copy<Row: BitwiseCopyable>(_ rows: [Row]) -> UnsafePointer<Row> {
    let copy = UnsafeMutablePointer<Row>.allocate(capacity: rows.count)
    for (position, row) in rows.enumerated() { unsafe (copy + position).initialize(to: row) }
    return unsafe UnsafePointer(copy)
}

/// The rows while they are collected.
private struct IntrospectionRows: ~Copyable {
    typealias Text = IntrospectionTables.Text

    var texts = ResponseBuffer(capacity: 1 << 14)
    var types: [IntrospectionTables.TypeRow] = []
    var typeList: [TypeReference] = []
    var fields: [IntrospectionTables.FieldRow] = []
    var inputs: [IntrospectionTables.InputRow] = []
    var enumValues: [IntrospectionTables.EnumValueRow] = []
    var directives: [IntrospectionTables.DirectiveRow] = []
    var locations: [DirectiveLocation] = []
    var schema = IntrospectionTables.SchemaRow()

    init(_ schema: Schema) {
        // The types of the schema come first in the list of types.
        self.schema.types = list(schema.types.map(\.id))
        for type in schema.types { append(type, of: schema) }
        for directive in schema.directives { append(directive, of: schema) }
        self.schema.description = text(schema.description)
        self.schema.directives = PositionRange(0..<directives.count)
        self.schema.queryType = schema.queryType
        self.schema.mutationType = schema.mutationType
        self.schema.subscriptionType = schema.subscriptionType
    }

    private mutating func text(_ text: String?) -> Text {
        guard let text else { return .null }
        let start = texts.count
        texts.write(text)
        return Text(offset: start, count: texts.count - start)
    }

    private mutating func list(_ types: [TypeID]) -> PositionRange {
        let start = typeList.count
        typeList += types.map { TypeReference($0) }
        return PositionRange(start..<typeList.count)
    }

    private mutating func append(_ type: NamedType, of schema: Schema) {
        let firstField = fields.count
        for field in schema.fields[type.fields] {
            let arguments = list(field.arguments, of: schema)
            fields.append(
                IntrospectionTables.FieldRow(
                    name: text(field.name), description: text(field.description),
                    deprecationReason: text(field.deprecationReason), type: field.type, arguments: arguments))
        }
        let firstValue = enumValues.count
        for value in type.enumValues {
            enumValues.append(
                IntrospectionTables.EnumValueRow(
                    name: text(value.name), description: text(value.description),
                    deprecationReason: text(value.deprecationReason)))
        }
        types.append(
            IntrospectionTables.TypeRow(
                kind: type.kind, name: text(type.name), description: text(type.description),
                specifiedByURL: text(type.specifiedByURL), isOneOf: type.isOneOf,
                fields: PositionRange(firstField..<fields.count), inputFields: list(type.inputFields, of: schema),
                enumValues: PositionRange(firstValue..<enumValues.count), interfaces: list(type.interfaces),
                possibleTypes: list(type.possibleTypes)))
    }

    private mutating func append(_ directive: DirectiveDefinition, of schema: Schema) {
        let firstLocation = locations.count
        locations += directive.locations
        directives.append(
            IntrospectionTables.DirectiveRow(
                name: text(directive.name), description: text(directive.description),
                isRepeatable: directive.isRepeatable, locations: PositionRange(firstLocation..<locations.count),
                arguments: list(directive.arguments, of: schema)))
    }

    private mutating func list(_ definitions: [InputValueDefinition], of schema: Schema) -> PositionRange {
        let start = inputs.count
        for input in definitions {
            inputs.append(
                IntrospectionTables.InputRow(
                    name: text(input.name), description: text(input.description),
                    deprecationReason: text(input.deprecationReason), type: input.type,
                    defaultValue: text(schema.defaultText(of: input))))
        }
        return PositionRange(start..<inputs.count)
    }
}
