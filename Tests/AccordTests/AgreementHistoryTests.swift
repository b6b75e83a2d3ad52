import AccordCore
import AccordDevelopment
import Foundation
import TestSupport
import Testing

/// `agreementHistory`, as clients ask for it.
@Suite(.serialized, .server(storage: .directory), .timeLimit(.minutes(3)))
struct AgreementHistoryTests {
    @Test func `every file is told, the newest first, page by page`() async throws {
        let server = try TestServer.current
        let other = try await server.newConnection()
        let token = try server.token()
        let files = (1...5).map { TestFile.pdf("\($0).pdf", seed: UInt8($0), size: 1_000 + $0) }
        for file in files[...2] { _ = try await server.upload(file, to: other, token: token).uploaded }
        _ = try await server.delete(other, token: server.token("admin"))
        for file in files[3...] { _ = try await server.upload(file, to: other, token: token).uploaded }

        // Whoever may read the connections.
        let viewer = try server.token("viewer")
        let whole = try await server.history(of: other, token: viewer)
        #expect(whole.versions.map(\.version) == [5, 4, 3, 2, 1])
        #expect(whole.versions.map(\.fileName) == ["5.pdf", "4.pdf", "3.pdf", "2.pdf", "1.pdf"])
        #expect(whole.versions.map(\.fileSize) == [1_005, 1_004, 1_003, 1_002, 1_001])
        #expect(whole.versions.map(\.fileSha256) == files.reversed().map { StoredFile(bytes: $0.bytes).sha256 })
        #expect(whole.versions.map(\.end) == [nil, "REPLACED", "DELETED", "REPLACED", "REPLACED"])
        let users = server.tenants.first.customer.users
        func id(_ role: String) -> String? { users.first { $0.role == role }?.id.description }
        #expect(whole.versions.allSatisfy { $0.createdById == id("member") })
        #expect(whole.versions.map(\.endedById) == [nil, id("member"), id("admin"), id("member"), id("member")])
        #expect(whole.versions.map { $0.endedAt == nil } == [true, false, false, false, false])
        #expect(whole.versions.allSatisfy { !$0.isKept })
        #expect(whole.versions[0].createdAt == (try await server.agreement(with: other, token: viewer))?.createdAt)
        #expect(
            whole.pageInfo == HistoryAnswer.PageInfo(false, false, whole.edges.first?.cursor, whole.edges.last?.cursor))

        var pages: [HistoryAnswer] = []
        repeat {
            pages.append(
                try await server.history(of: other, first: 2, after: pages.last?.pageInfo.endCursor, token: viewer))
        } while pages.last?.pageInfo.hasNextPage == true
        #expect(pages.map { $0.versions.map(\.version) } == [[5, 4], [3, 2], [1]])
        #expect(pages.map(\.pageInfo.hasPreviousPage) == [false, true, true])
        #expect(pages.flatMap(\.edges) == whole.edges)
        let last = try await server.history(of: other, after: whole.pageInfo.endCursor, token: viewer)
        #expect(last == HistoryAnswer(edges: [], pageInfo: .init(false, true, nil, nil)))
    }

    @Test func `the page is of twenty versions unless the client says, and of a hundred at most`() async throws {
        let server = try TestServer.current
        let other = try await server.newConnection()
        try await server.tenants.first.database.execute(
            """
            INSERT INTO connect_pos.agreement_versions
            SELECT '\(other)', n, 'a.pdf', 1, 's', gen_random_uuid(), now(), 'deleted' FROM generate_series(1, 101) AS n
            """)
        let token = try server.token()
        #expect(try await server.history(of: other, token: token).edges.count == 20)
        let hundred = try await server.history(of: other, first: 100, token: token)
        #expect(hundred.versions.map(\.version) == Array((2...101).reversed()))
        #expect(hundred.pageInfo.hasNextPage)
        for first in [-1, 0, 101, Int(Int32.max)] {
            let answer = try await server.history(of: other, "first: \(first)", token: token)
            #expect(answer.codes == ["BAD_USER_INPUT"])
            #expect(answer.errors.map(\.message) == ["first must be from 1 to 100."])
        }
    }

    @Test(arguments: ["", "5", "v", "dmVyc2lvbiAw", "dmVyc2lvbiAwMQ==", "dmVyc2lvbiA5OTk5OTk5OTk5OTk=", "😀"])
    func `what is no cursor is refused`(text: String) async throws {
        let server = try TestServer.current
        let other = try await server.newConnection()
        let answer = try await server.history(of: other, #"after: "\#(text)""#, token: server.token())
        #expect(answer.codes == ["BAD_USER_INPUT"])
        #expect(answer.errors.map(\.message) == ["after is not a cursor of an edge."])
    }

    @Test func `only who is connected is told anything`() async throws {
        let server = try TestServer.current
        let other = try await server.newConnection()
        let token = try server.token()
        _ = try await server.upload(.pdf("a.pdf"), to: other, token: token).uploaded
        let stranger = try server.token("member", of: server.tenants.second)
        #expect(try await server.history(of: other, "", token: stranger).codes == ["CONNECTION_NOT_ACCEPTED"])
        #expect(try await server.history(of: UUID().uuidString, "", token: token).codes == ["CONNECTION_NOT_ACCEPTED"])
        #expect(try await server.history(of: "x", "", token: token).codes == ["BAD_USER_INPUT"])
        #expect(try await server.history(of: other, "", token: nil).codes == ["UNAUTHENTICATED"])
        for status in ["pending", "rejected"] {
            try await server.tenants.central.execute(
                "UPDATE subscription.connections SET status = '\(status)' WHERE requester_org_id = '\(other)'")
            #expect(try await server.history(of: other, "", token: token).codes == ["CONNECTION_NOT_ACCEPTED"])
        }
        // What there was earlier is there again with the connection, as the agreement is.
        try await server.tenants.central.execute(
            "UPDATE subscription.connections SET status = 'active' WHERE requester_org_id = '\(other)'")
        #expect(try await server.history(of: other, token: token).versions.map(\.fileName) == ["a.pdf"])
    }
}

/// An `AgreementVersionConnection` with all its fields.
struct HistoryAnswer: Decodable, Hashable {
    struct Edge: Decodable, Hashable {
        let cursor: String
        let node: Version
    }

    struct Version: Decodable, Hashable {
        let version: Int
        let fileName: String
        let fileSize: Int
        let fileSha256: String
        let createdById: String
        let createdAt: String
        let end: String?
        let endedAt: String?
        let endedById: String?
        let isKept: Bool
    }

    struct PageInfo: Decodable, Hashable {
        let hasNextPage: Bool
        let hasPreviousPage: Bool
        let startCursor: String?
        let endCursor: String?

        init(_ hasNextPage: Bool, _ hasPreviousPage: Bool, _ startCursor: String?, _ endCursor: String?) {
            self.hasNextPage = hasNextPage
            self.hasPreviousPage = hasPreviousPage
            self.startCursor = startCursor
            self.endCursor = endCursor
        }
    }

    let edges: [Edge]
    let pageInfo: PageInfo

    var versions: [Version] { edges.map(\.node) }
}

extension TestServer {
    /// A page of the history of the agreement with an organization.
    func history(
        of organization: String, first: Int? = nil, after cursor: String? = nil, token: String?
    ) async throws -> HistoryAnswer {
        struct Data: Decodable {
            let agreementHistory: HistoryAnswer
        }
        let arguments = [first.map { "first: \($0)" }, cursor.map { #"after: "\#($0)""# }].compactMap(\.self)
        return try await history(of: organization, arguments.joined(separator: ", "), token: token)
            .data(Data.self).agreementHistory
    }

    /// The same with arguments as they are written in a document, right or wrong.
    func history(of organization: String, _ arguments: String, token: String?) async throws -> GraphQLAnswer {
        try await client.graphQL(
            """
            query($id: ID!) {
              agreementHistory(connectedOrgId: $id \(arguments)) {
                edges {
                  cursor
                  node {
                    version fileName fileSize fileSha256 createdById createdAt end endedAt endedById isKept
                  }
                }
                pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
              }
            }
            """, variables: ["id": organization], token: token)
    }
}
