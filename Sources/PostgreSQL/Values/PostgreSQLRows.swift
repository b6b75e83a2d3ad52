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
///
/// What decodes is compiled into those who ask, for their types: lists have thousands of columns. Other modules are given
/// it only if all types in it are usable from there.
@usableFromInline package struct PostgreSQLRow: Sendable {
    fileprivate let result: LibPQResult
    fileprivate let index: Int

    /// Decodes a column that may not be NULL.
    ///
    /// - Parameters:
    ///   - type: The Swift type wanted.
    ///   - column: The column's position, counted from 0.
    /// - Returns: The value.
    /// - Throws: `PostgreSQLError.decoding`, naming the column, if it is NULL or holds another type.
    @inlinable
    package func decode<Value: PostgreSQLDecodable>(
        _ type: Value.Type,
        _ column: Int
    ) throws(PostgreSQLError) -> Value {
        guard let value = try decode(Value?.self, column) else { throw nullError(column) }
        return value
    }

    /// Decodes a column, nil standing for NULL.
    ///
    /// - Parameters:
    ///   - type: The Swift type wanted.
    ///   - column: The column's position, counted from 0.
    /// - Returns: The value, nil for NULL.
    /// - Throws: `PostgreSQLError.decoding`, naming the column, if it holds another type.
    @inlinable
    package func decode<Value: PostgreSQLDecodable>(
        _ type: Value?.Type,
        _ column: Int
    ) throws(PostgreSQLError) -> Value? {
        guard let field = unsafe try field(column) else { return nil }
        // The result keeps the bytes, and the row the result.
        defer { withExtendedLifetime(self) {} }
        guard let value = unsafe Value.decode(field.bytes.span, of: field.type) else {
            throw typeError(column, "\(Value.self)")
        }
        return value
    }

    /// Where the bytes of a column lie, and of what type they are; nil for NULL.
    @unsafe
    @usableFromInline
    func field(_ column: Int) throws(PostgreSQLError) -> (bytes: UnsafeBufferPointer<UInt8>, type: OID)? {
        guard column >= 0, column < result.columnCount else {
            throw .decoding("there is no column \(column) among \(result.columnCount)")
        }
        guard let bytes = unsafe result.bytes(row: index, column: column) else { return nil }
        return unsafe (bytes, result.type(ofColumn: column))
    }

    @usableFromInline
    func nullError(_ column: Int) -> PostgreSQLError {
        .decoding(#"column "\#(result.name(ofColumn: column))" is NULL"#)
    }

    @usableFromInline
    func typeError(_ column: Int, _ wanted: String) -> PostgreSQLError {
        let name = result.name(ofColumn: column)
        return .decoding(
            #"column "\#(name)" of type \#(result.type(ofColumn: column).rawValue) doesn't hold a \#(wanted)"#)
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
