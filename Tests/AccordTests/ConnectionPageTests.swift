import Foundation
import TestSupport
import Testing

@Suite(.server(storage: .directory), .timeLimit(.minutes(3)))
struct ConnectionPageTests {
    private func ids(_ arguments: String) async throws -> [String] {
        struct Data: Decodable {
            struct Connection: Decodable { let id: String }
            let connections: [Connection]
        }
        let server = try TestServer.current
        let answer = try await server.client.graphQL("{ connections\(arguments) { id } }", token: server.token())
        return try answer.data(Data.self).connections.map(\.id)
    }

    @Test func `a client walks through the pages`() async throws {
        let all = try await ids("")
        #expect(all.count > 2)
        #expect(try await ids("(first: null, after: null, status: null, search: null)") == all)
        #expect(try await ids("(search: \"\")") == all)
        var seen = try await ids("(first: 2)")
        while let last = seen.last {
            let page = try await ids("(first: 2, after: \"\(last.uppercased())\")")
            if page.isEmpty { break }
            seen += page
        }
        #expect(seen == all)
    }

    @Test(arguments: [
        ("first: 0", "first must be 1 or more."), ("first: -1", "first must be 1 or more."),
        ("after: \"Keystone\"", "after must be the id of one of your connections."),
        (
            "after: \"00000000-0000-4000-8000-000000000000\"",
            "after must be the id of one of your connections."
        ),
    ])
    func `what can't be a page is refused`(argument: String, message: String) async throws {
        let server = try TestServer.current
        let answer = try await server.client.graphQL(
            "{ connections(\(argument)) { id } }", token: server.token())
        #expect(answer.codes == ["BAD_USER_INPUT"])
        #expect(answer.errors.map(\.message) == [message])
    }
}
