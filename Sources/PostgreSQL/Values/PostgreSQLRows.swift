import FoundationEssentials

/// The rows that a statement gave, all of them, held in the memory that libpq received them into.
///
/// Columns are decoded from there when they are asked for; nothing is copied before.
package struct PostgreSQLRows: RandomAccessCollection, Sendable {
    private let result: LibPQResult

    init(_ result: LibPQResult) {
        self.result = result
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { result.rowCount }

    package subscript(position: Int) -> PostgreSQLRow {
        precondition(indices.contains(position), "There is no row \(position) among \(count).")
        return PostgreSQLRow(result: result, index: position)
    }
}

/// One row of a result.
package struct PostgreSQLRow: Sendable {
    fileprivate let result: LibPQResult
    fileprivate let index: Int

    /// Decodes a column that may not be NULL.
    ///
    /// - Parameters:
    ///   - type: The Swift type wanted.
    ///   - column: The column's position, counted from 0.
    /// - Returns: The value.
    /// - Throws: `PostgreSQLError.decoding`, naming the column, if it is NULL or holds another type.
    @_specialize(where Value == UUID)
    @_specialize(where Value == String)
    @_specialize(where Value == Int)
    @_specialize(where Value == Date)
    package func decode<Value: PostgreSQLDecodable>(
        _ type: Value.Type,
        _ column: Int
    ) throws(PostgreSQLError) -> Value {
        guard let value = try decode(Value?.self, column) else {
            throw .decoding(#"column "\#(result.name(ofColumn: column))" is NULL"#)
        }
        return value
    }

    /// Decodes a column, nil standing for NULL.
    ///
    /// - Parameters:
    ///   - type: The Swift type wanted.
    ///   - column: The column's position, counted from 0.
    /// - Returns: The value, nil for NULL.
    /// - Throws: `PostgreSQLError.decoding`, naming the column, if it holds another type.
    @_specialize(where Value == UUID)
    @_specialize(where Value == String)
    @_specialize(where Value == Int)
    @_specialize(where Value == Date)
    package func decode<Value: PostgreSQLDecodable>(
        _ type: Value?.Type,
        _ column: Int
    ) throws(PostgreSQLError) -> Value? {
        guard column >= 0, column < result.columnCount else {
            throw .decoding("there is no column \(column) among \(result.columnCount)")
        }
        guard !result.isNull(row: index, column: column) else { return nil }
        let oid = result.type(ofColumn: column)
        guard let value = result.withBytes(row: index, column: column, { bytes in Value.decode(bytes, of: oid) }) else {
            let name = result.name(ofColumn: column)
            throw .decoding(#"column "\#(name)" of type \#(oid.rawValue) doesn't hold a \#(Value.self)"#)
        }
        return value
    }

    /// Decodes a column that may not be NULL, found by its name.
    ///
    /// - Throws: `PostgreSQLError.decoding`, naming the column, if it isn't there, is NULL or holds another type.
    package func decode<Value: PostgreSQLDecodable>(
        _ type: Value.Type,
        _ column: String
    ) throws(PostgreSQLError) -> Value {
        try decode(type, position(of: column))
    }

    /// Decodes a column found by its name, nil standing for NULL.
    ///
    /// - Throws: `PostgreSQLError.decoding`, naming the column, if it isn't there or holds another type.
    package func decode<Value: PostgreSQLDecodable>(
        _ type: Value?.Type,
        _ column: String
    ) throws(PostgreSQLError) -> Value? {
        try decode(type, position(of: column))
    }

    private func position(of name: String) throws(PostgreSQLError) -> Int {
        guard let position = result.column(named: name) else { throw .decoding(#"there is no column "\#(name)""#) }
        return position
    }
}
