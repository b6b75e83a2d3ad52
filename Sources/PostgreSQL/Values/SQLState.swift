/// The five-character code by which PostgreSQL names a condition.
///
/// Source: PostgreSQL documentation, appendix A, "PostgreSQL Error Codes".
package struct SQLState: RawRepresentable, Hashable, Sendable {
    /// The code as sent, `23505` for instance.
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    // The conditions that callers tell apart. Any other is compared by its code.

    package static let featureNotSupported = SQLState(rawValue: "0A000")
    package static let characterNotInRepertoire = SQLState(rawValue: "22021")
    package static let invalidTextRepresentation = SQLState(rawValue: "22P02")
    package static let notNullViolation = SQLState(rawValue: "23502")
    package static let foreignKeyViolation = SQLState(rawValue: "23503")
    package static let uniqueViolation = SQLState(rawValue: "23505")
    package static let checkViolation = SQLState(rawValue: "23514")
    package static let readOnlySQLTransaction = SQLState(rawValue: "25006")
    package static let inFailedSQLTransaction = SQLState(rawValue: "25P02")
    package static let invalidSQLStatementName = SQLState(rawValue: "26000")
    package static let invalidSchemaName = SQLState(rawValue: "3F000")
    package static let serializationFailure = SQLState(rawValue: "40001")
    package static let deadlockDetected = SQLState(rawValue: "40P01")
    package static let insufficientPrivilege = SQLState(rawValue: "42501")
    package static let syntaxError = SQLState(rawValue: "42601")
    package static let undefinedColumn = SQLState(rawValue: "42703")
    package static let undefinedTable = SQLState(rawValue: "42P01")
    package static let duplicateDatabase = SQLState(rawValue: "42P04")
    package static let lockNotAvailable = SQLState(rawValue: "55P03")
    package static let queryCanceled = SQLState(rawValue: "57014")
}
