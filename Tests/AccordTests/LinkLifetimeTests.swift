import Curl
import Foundation
import TestSupport
import Testing

/// How long download links work, and what is said of it.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct LinkLifetimeTests {
    private struct Links: Decodable {
        struct Connection: Decodable { let agreement: Agreement? }
        struct Agreement: Decodable {
            let a, b: String
            let aEnd, bEnd: String
        }
        let connections: [Connection]
    }

    private static let s3 = ConditionTrait.enabled(if: S3Server.isInstalled, "\(S3Server.missing)")

    /// The end that a link itself speaks of, in seconds since 1970.
    private func end(of link: String) throws -> Int {
        if let expires = link.firstMatch(of: #/expires=([0-9]+)/#) { return try #require(Int(expires.1)) }
        let date = try #require(link.firstMatch(of: #/X-Amz-Date=([0-9TZ]+)/#)).1
        let seconds = try #require(link.firstMatch(of: #/X-Amz-Expires=([0-9]+)/#).flatMap { Int($0.1) })
        let style = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)
        return Int(try style.parse(String(date)).timeIntervalSince1970) + seconds
    }

    private func seconds(_ moment: String) throws -> Int {
        Int(try Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(moment).timeIntervalSince1970)
    }

    /// Uploads a file and asks for links of one and the same request: `a` as is, `b` for a minute.
    private func links(_ server: TestServer) async throws -> Links.Agreement {
        let answer = try await server.client.graphQL(
            """
            { connections { agreement {
                a: presignedUrl aEnd: presignedUrlExpiresAt
                b: presignedUrl(expiresIn: 60) bEnd: presignedUrlExpiresAt(expiresIn: 60)
            } } }
            """, token: server.token())
        return try #require(answer.data(Links.self).connections.compactMap(\.agreement).first)
    }

    @Test(.server(storage: .directory)) func `a directory's links end when they say`() async throws {
        try await check(TestServer.current)
    }

    @Test(.server(storage: .s3), s3) func `a bucket's links end when they say`() async throws {
        try await check(TestServer.current)
    }

    private func check(_ server: TestServer) async throws {
        let keystone = try server.organization("Keystone Electric")
        _ = try await server.upload(.pdf("agreement.pdf"), to: keystone, token: server.token()).uploaded
        let before = Int(Date().timeIntervalSince1970)
        let links = try await links(server)
        let after = Int(Date().timeIntervalSince1970)
        #expect(try end(of: links.a) == seconds(links.aEnd))
        #expect(try end(of: links.b) == seconds(links.bEnd))
        #expect(try (before...after).contains(seconds(links.aEnd) - 3_600))
        #expect(try seconds(links.aEnd) - seconds(links.bEnd) == 3_540)
        for link in [links.a, links.b] { #expect(try await server.client.get(link).status == 200) }

        for (value, isFine) in [(1, true), (86_400, true), (0, false), (-1, false), (86_401, false)] {
            for field in ["presignedUrl", "presignedUrlExpiresAt"] {
                let answer = try await server.client.graphQL(
                    "{ connections { agreement { \(field)(expiresIn: \(value)) } } }", token: server.token())
                #expect(answer.codes == (isFine ? [] : ["BAD_USER_INPUT"]), "\(field)(\(value))")
            }
        }
        try await server.withAnother(settings: ["ACCORD_LINK_SECONDS": "600"]) { server async throws in
            let links = try await self.links(server)
            #expect(try end(of: links.a) == seconds(links.aEnd))
            #expect(try seconds(links.aEnd) - seconds(links.bEnd) == 540)
        }
    }

    @Test(.server(storage: .s3), s3) func `links end with the credentials that sign them`() async throws {
        let server = try TestServer.current
        let keystone = try server.organization("Keystone Electric")
        _ = try await server.upload(.pdf("agreement.pdf"), to: keystone, token: server.token()).uploaded
        let expiration = Int(Date().timeIntervalSince1970) + 600
        let text = Date(timeIntervalSince1970: Double(expiration)).formatted(.iso8601)
        try await server.withAnother(settings: ["AWS_CREDENTIAL_EXPIRATION": text]) { server async throws in
            let links = try await self.links(server)
            #expect(try seconds(links.aEnd) == expiration)
            #expect(try end(of: links.a) == expiration)
            #expect(try seconds(links.bEnd) < expiration)
            #expect(try end(of: links.b) == seconds(links.bEnd))
        }
        try await server.withAnother(settings: ["AWS_CREDENTIAL_EXPIRATION": "2026-01-31T09:30:00Z"]) {
            server async throws in
            for field in ["presignedUrl", "presignedUrlExpiresAt"] {
                let answer = try await server.client.graphQL(
                    "{ connections { agreement { \(field) } } }", token: server.token())
                #expect(answer.codes == ["STORAGE_UNAVAILABLE"])
            }
            #expect(
                try await server.client.graphQL("{ connections { agreement { id } } }", token: server.token())
                    .errors.isEmpty)
        }
    }
}
