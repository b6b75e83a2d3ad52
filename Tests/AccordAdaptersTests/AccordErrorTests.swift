import AccordCore
import PostgreSQL
import TestSupport
import Testing

@testable import AccordAdapters

struct AccordErrorTests {
    private func meaning(_ error: any Error) throws -> AccordError {
        AccordError(error, in: try PostgreSQLEndpoint(url: "postgresql://localhost/x"), .quiet)
    }

    @Test(arguments: [
        (PostgreSQLError.connectionFailed("x"), AccordError.databaseUnavailable),
        (.connectionLost("x"), .databaseUnavailable),
        (.poolTimeout, .databaseUnavailable),
        (.cancelled, .timeout),
        (.decoding("x"), .internalError),
        (.invalidURL("x"), .internalError),
    ])
    func `a database's error has a meaning`(error: PostgreSQLError, expected: AccordError) throws {
        #expect(try meaning(error) == expected)
    }

    @Test(arguments: [
        ("08006", AccordError.databaseUnavailable), ("25006", .databaseUnavailable), ("53300", .databaseUnavailable),
        ("57P01", .databaseUnavailable), ("57P03", .databaseUnavailable), ("58030", .databaseUnavailable),
        ("57014", .timeout), ("55P03", .timeout), ("23505", .internalError), ("42P01", .databaseBehind),
        ("42703", .databaseBehind), ("3F000", .databaseBehind), ("42501", .internalError), ("22001", .internalError),
    ])
    func `an SQLSTATE has a meaning`(state: String, expected: AccordError) throws {
        let error = ServerError(sqlState: SQLState(rawValue: state), message: "x")
        #expect(try meaning(PostgreSQLError.server(error)) == expected)
    }

    @Test func `what a port below threw stays what it is`() throws {
        #expect(try meaning(AccordError.storageUploadFailed) == .storageUploadFailed)
    }

    @Test func `cancellation is a timeout`() throws {
        #expect(try meaning(CancellationError()) == .timeout)
    }
}
