/// An error message of the server, field by field.
///
/// Source: PostgreSQL documentation, "Error and Notice Message Fields".
@usableFromInline package struct ServerError: Error, Hashable, Sendable {
    package var sqlState: SQLState
    /// The primary message, one line.
    package var message: String
    package var detail: String?
    package var hint: String?
    /// Where in the statement's text, in characters counted from 1.
    package var position: Int?
    /// The constraint that was violated, and what it belongs to.
    package var constraint: String?
    package var schema: String?
    package var table: String?
    package var column: String?
    /// The function of the server's source that raised it; the one way to tell some conditions of one code apart.
    package var sourceFunction: String?

    package init(
        sqlState: SQLState,
        message: String,
        detail: String? = nil,
        hint: String? = nil,
        position: Int? = nil,
        constraint: String? = nil,
        schema: String? = nil,
        table: String? = nil,
        column: String? = nil,
        sourceFunction: String? = nil
    ) {
        self.sqlState = sqlState
        self.message = message
        self.detail = detail
        self.hint = hint
        self.position = position
        self.constraint = constraint
        self.schema = schema
        self.table = table
        self.column = column
        self.sourceFunction = sourceFunction
    }
}

extension ServerError: CustomStringConvertible {
    @usableFromInline package var description: String {
        var text = "\(message) (SQLSTATE \(sqlState.rawValue))"
        if let detail { text += "; \(detail)" }
        if let hint { text += "; \(hint)" }
        return text
    }
}
