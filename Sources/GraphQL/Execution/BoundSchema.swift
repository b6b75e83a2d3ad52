/// A schema and the resolvers of its fields: `Bindings` in which nothing is missing.
final class BoundSchema: Sendable {
    let schema: Schema
    /// How scalar types serialize and parse, by the position of the type.
    let scalars: ContiguousArray<Scalar>
    /// What makes the source streams of the subscription root's fields.
    let sources: [FieldID: SourceEventResolver]
    /// The Swift type whose values an object type's resolvers read.
    let parents: [TypeID: ObjectIdentifier]
    /// By the position of the field in the schema; nil for those of the subscription root that only have a stream.
    private let fields: ContiguousArray<FieldResolver?>

    init(
        schema: Schema, fields: ContiguousArray<FieldResolver?>, scalars: ContiguousArray<Scalar>,
        sources: [FieldID: SourceEventResolver], parents: [TypeID: ObjectIdentifier]
    ) {
        self.schema = schema
        self.fields = fields
        self.scalars = scalars
        self.sources = sources
        self.parents = parents
    }

    func resolver(of field: FieldID) -> FieldResolver {
        fields[field.position]
            ?? (unsafe FieldResolver { _, field, execution in
                execution.fail("This field has no resolver.", field, field.wrappers)
            })
    }
}
