import FoundationEssentials
import PostgreSQL
import TestSupport
import Testing

@testable import AccordAdapters

@Suite(.timeLimit(.minutes(2)))
struct SchemaDocumentTests {
    @Test func `the page about the schema is up to date`() async throws {
        let (central, tenant) = (try await TestDatabase.empty(), try await TestDatabase.empty())
        let text = try await withPool { pool in
            try await SchemaDocument(pool: pool, logger: .quiet).text(
                central: PostgreSQLEndpoint(url: central.ownerURL), tenant: PostgreSQLEndpoint(url: tenant.ownerURL))
        }
        for database in [central, tenant] { try await database.drop() }
        let project = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let page = try #require(FileManager.default.contents(atPath: "/\(project)/docs/schema.md"))
        #expect(text == String(decoding: page, as: UTF8.self), "Run accord schema doc.")
    }
}
