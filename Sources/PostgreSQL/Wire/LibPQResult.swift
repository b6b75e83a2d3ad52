import CLibPQ
import Glibc

/// What the server answered to one statement: libpq's `PGresult`, freed with the last reference to it.
///
/// `@unchecked Sendable`: libpq never changes a result once `PQgetResult` has given it out, and neither do we; the
/// functions used here only read it. (PostgreSQL documentation, "Behavior in Threaded Programs".)
@safe final class LibPQResult: @unchecked Sendable {
    private let result: OpaquePointer
    let rowCount: Int
    let columnCount: Int

    init(_ result: OpaquePointer) {
        unsafe self.result = result
        rowCount = unsafe Int(PQntuples(result))
        columnCount = unsafe Int(PQnfields(result))
    }

    deinit {
        unsafe PQclear(result)
    }

    var status: ExecStatusType { unsafe PQresultStatus(result) }

    /// The number of rows inserted, updated, deleted or selected; 0 for a statement that counts none.
    var affectedRowCount: Int {
        let count = unsafe String(cString: PQcmdTuples(result))
        return Int(count) ?? 0
    }

    /// The name of what was done, `ROLLBACK` for a COMMIT that couldn't.
    var commandTag: String {
        unsafe String(cString: PQcmdStatus(result))
    }

    func type(ofColumn column: Int) -> OID {
        unsafe OID(rawValue: PQftype(result, Int32(column)))
    }

    func name(ofColumn column: Int) -> String {
        unsafe PQfname(result, Int32(column)).map { unsafe String(cString: $0) } ?? ""
    }

    /// The position of the first column of that name, compared byte by byte without making strings.
    func column(named name: String) -> Int? {
        unsafe name.withCString { wanted in
            (0..<columnCount).first { unsafe strcmp(PQfname(result, Int32($0)), wanted) == 0 }
        }
    }

    /// Where the bytes of a column lie, as long as this result lives; nil for NULL.
    @unsafe
    func bytes(row: Int, column: Int) -> UnsafeBufferPointer<UInt8>? {
        guard unsafe PQgetisnull(result, Int32(row), Int32(column)) == 0,
            let start = unsafe PQgetvalue(result, Int32(row), Int32(column))
        else { return nil }
        let count = unsafe Int(PQgetlength(result, Int32(row), Int32(column)))
        return unsafe UnsafeRawBufferPointer(start: start, count: count).assumingMemoryBound(to: UInt8.self)
    }

    /// The error that this result is, or nil if it is none.
    var serverError: ServerError? {
        guard status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE else { return nil }
        return ServerError(
            sqlState: SQLState(rawValue: field(CLIBPQ_DIAG_SQLSTATE) ?? ""),
            message: field(CLIBPQ_DIAG_MESSAGE) ?? wholeErrorMessage,
            detail: field(CLIBPQ_DIAG_DETAIL),
            hint: field(CLIBPQ_DIAG_HINT),
            position: field(CLIBPQ_DIAG_POSITION).flatMap { Int($0) },
            constraint: field(CLIBPQ_DIAG_CONSTRAINT),
            schema: field(CLIBPQ_DIAG_SCHEMA),
            table: field(CLIBPQ_DIAG_TABLE),
            column: field(CLIBPQ_DIAG_COLUMN),
            sourceFunction: field(CLIBPQ_DIAG_SOURCE_FUNCTION)
        )
    }

    private var wholeErrorMessage: String {
        unsafe String(cString: PQresultErrorMessage(result)).oneLine
    }

    private func field(_ code: Int) -> String? {
        unsafe PQresultErrorField(result, Int32(code)).map { unsafe String(cString: $0) }
    }
}

extension String {
    /// libpq breaks and indents its messages; a log line has one line.
    var oneLine: String {
        split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
