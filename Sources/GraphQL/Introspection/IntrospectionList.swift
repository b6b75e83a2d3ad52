/// An object that a row of the introspection tables stands for.
protocol IntrospectionRow: OutputValue {
    init(_ tables: IntrospectionTables, _ position: Int)
    /// Whether it is listed only when deprecated things are asked for.
    var isDeprecated: Bool { get }
}

extension IntrospectionRow {
    var isDeprecated: Bool { false }
}

/// A list of neighbouring rows: they are read one after the other, and never put into an array.
struct IntrospectionList<Row: IntrospectionRow>: OutputValue {
    static var outputShape: OutputShape { .list(Row.outputShape) }

    let tables: IntrospectionTables
    let positions: Range<Int>
    var includesDeprecated = false

    init(_ tables: IntrospectionTables, _ positions: PositionRange) {
        self.tables = tables
        self.positions = positions.positions
    }

    static func complete(
        _ value: UnsafePointer<Self>, _ field: FieldPlan, _ wrappers: TypeWrappers, _ execution: inout Execution
    ) -> Completion {
        let list = unsafe value.pointee
        var count = 0
        execution.beginList(field, wrappers)
        for position in list.positions {
            let row = Row(list.tables, position)
            if row.isDeprecated, !list.includesDeprecated { continue }
            let mark = execution.beginItem(count)
            let completion = unsafe withUnsafePointer(to: row) {
                unsafe Row.complete($0, field, wrappers.item, &execution)
            }
            guard execution.endItem(completion, field, wrappers.item, since: mark) else {
                execution.leaveList(field, wrappers)
                return .propagate
            }
            count += 1
        }
        execution.endList(field, wrappers, isEmpty: count == 0)
        return .value
    }
}
