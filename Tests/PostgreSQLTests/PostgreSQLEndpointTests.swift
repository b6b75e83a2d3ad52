import PostgreSQL
import Testing

struct PostgreSQLEndpointTests {
    @Test(arguments: [
        ("postgresql://ann:s3cret@db.example:5433/central", "postgresql://ann@db.example:5433/central"),
        ("postgres://ann:s3cret@db.example/central?sslmode=require", "postgresql://ann@db.example/central"),
        ("postgresql+asyncpg://ann:s3cret@db.example/central", "postgresql://ann@db.example/central"),
        ("postgresql://ann@/central?host=/run/postgresql", "postgresql://ann@/run/postgresql/central"),
        ("postgresql://one:1,two:2/central", "postgresql://one,two:1,2/central"),
        ("postgresql://ann:p%40ss%2Fw@[::1]:5432/caf%C3%A9", "postgresql://ann@::1:5432/café"),
        ("postgresql://ann@db.example", "postgresql://ann@db.example/ann"),
    ])
    func `a URL is read, and described without its password`(url: String, description: String) throws {
        let endpoint = try PostgreSQLEndpoint(url: url)
        #expect(endpoint.description == description)
        #expect("\(endpoint)" == description)
        #expect(String(reflecting: endpoint) == description)
        #expect(Mirror(reflecting: endpoint).children.map { "\($0.value)" } == [description])
    }

    @Test(arguments: [
        "", "s3cret", "mysql://ann:s3cret@db/central", "postgresql://ann:s3cret@db:5432:5433/c",
        "postgresql://ann:s3cret@[::1/central", "postgresql://ann:s3cret@db/central?s3cret=1",
        "postgresql://ann:s3cret%zz@db/central", "postgresql://ann:s3cret\0@db/central",
    ])
    func `what is no URL is refused without repeating it`(url: String) throws {
        let error = #expect(throws: PostgreSQLError.self) { try PostgreSQLEndpoint(url: url) }
        guard case .invalidURL(let reason) = error else { throw try #require(error) }
        #expect(!reason.contains("s3cret"))
    }

    @Test func `endpoints are equal when their parameters are`() throws {
        let one = try PostgreSQLEndpoint(url: "postgresql://ann:x@db:5432/central?sslmode=require")
        let same = try PostgreSQLEndpoint(
            url: "postgres:///central?sslmode=require&user=ann&password=x&host=db&port=5432")
        let other = try PostgreSQLEndpoint(url: "postgresql://ann:x@db:5432/tenant?sslmode=require")
        #expect(one == same)
        #expect(one != other)
    }
}
