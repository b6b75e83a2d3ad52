import AccordCore
import AccordDevelopment
import Curl
import Foundation
import Synchronization
import TestSupport
import Testing

/// The files of agreements, for those who are signed in.
enum AgreementDownloadTests {
    @Suite(.sharedServer(storage: .directory), .timeLimit(.minutes(3)))
    struct FromADirectory {
        @Test func `a file is downloaded, whole or in part`() async throws {
            try await checkDownload(TestServer.current)
        }

        @Test func `who may not have it gets the same 404`() async throws {
            try await checkRefusals(TestServer.current)
        }

        @Test func `a page of another site may ask where it is allowed to`() async throws {
            let server = try TestServer.current
            let (agreement, _) = try await uploaded(to: server)
            let headers = [(name: "Origin", value: "https://app.example"), try authorization(server.token())]
            try await server.withAnother(settings: ["ACCORD_CORS_ORIGINS": "https://app.example"]) {
                server async throws in
                let answer = try await server.client.get(path(agreement.id), headers: headers)
                #expect(answer.status == 200)
                #expect(answer.header("Access-Control-Allow-Origin") == "https://app.example")
                #expect(answer.header("Access-Control-Expose-Headers")?.contains("Content-Disposition") == true)
                let preflight = try await server.client.send(
                    .options, path(agreement.id),
                    headers: [
                        (name: "Origin", value: "https://app.example"),
                        (name: "Access-Control-Request-Method", value: "GET"),
                        (name: "Access-Control-Request-Headers", value: "authorization"),
                    ])
                #expect(preflight.status == 204)
                #expect(preflight.header("Access-Control-Allow-Headers") == "authorization")
            }
        }
    }

    @Suite(
        .sharedServer(storage: .s3), .enabled(if: S3Server.isInstalled, "\(S3Server.missing)"),
        .timeLimit(.minutes(3)))
    struct FromABucket {
        @Test func `a file is downloaded, whole or in part`() async throws {
            try await checkDownload(TestServer.current)
        }

        @Test func `who may not have it gets the same 404`() async throws {
            try await checkRefusals(TestServer.current)
        }

        @Test func `a large file arrives whole, though it was stored in parts`() async throws {
            let server = try TestServer.current
            let (agreement, file) = try await uploaded(to: server, size: 20 << 20)
            let answer = try await server.client.get(path(agreement.id), headers: [authorization(server.token())])
            #expect(answer.body == file.bytes)
        }

        @Test func `a file that the bucket has lost is a 404, and a dead bucket a 503`() async throws {
            let server = try TestServer.current
            let (agreement, _) = try await uploaded(to: server)
            let headers = [try authorization(server.token())]
            try await server.withAnother(settings: ["AWS_ENDPOINT_URL": "http://127.0.0.1:1"]) { broken async throws in
                for _ in 1...3 {
                    let answer = GraphQLAnswer(try await broken.client.get(path(agreement.id), headers: headers))
                    #expect(answer.status == 503)
                    #expect(answer.codes == ["STORAGE_UNAVAILABLE"])
                }
                // By now it isn't even asked.
                let metrics = try await broken.client.get("/metrics").body
                #expect(String(decoding: metrics, as: UTF8.self).contains("\naccord_storage_circuit_open 1"))
                #expect(try await broken.client.get("/health/ready").status == 503)
            }
            let empty = try ScriptedServer { channel in
                _ = channel.readHead()
                let body = "<Error><Code>NoSuchKey</Code></Error>"
                channel.write("HTTP/1.1 404 X\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
            }
            try await server.withAnother(settings: ["AWS_ENDPOINT_URL": empty.url]) { empty async throws in
                let answer = GraphQLAnswer(try await empty.client.get(path(agreement.id), headers: headers))
                #expect(answer.status == 404)
                #expect(answer.codes == ["AGREEMENT_NOT_FOUND"])
            }
        }

        /// The storage sends a little, then nothing more.
        @Test func `a client that goes away ends the transfer from the bucket`() async throws {
            let server = try TestServer.current
            let (agreement, file) = try await uploaded(to: server)
            let (ends, ended) = AsyncStream.makeStream(of: Void.self)
            let slow = try ScriptedServer { channel in
                _ = channel.readHead()
                channel.write("HTTP/1.1 200 OK\r\nContent-Length: \(file.bytes.count)\r\n\r\n%PDF")
                channel.waitForEnd()
                ended.yield()
            }
            let token = try server.token()
            try await server.withAnother(settings: ["AWS_ENDPOINT_URL": slow.url]) { server async throws in
                let port = try #require(server.url.split(separator: ":").last.flatMap { Int($0) })
                await onThread {
                    guard let connection = RawConnection(port: port) else { return }
                    let head = "GET \(path(agreement.id)) HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer \(token)\r\n\r\n"
                    connection.send(Array(head.utf8))
                    _ = connection.read()
                }
                var iterator = ends.makeAsyncIterator()
                _ = await iterator.next()
            }
        }

        /// While a file is replaced under the same name, the bucket has the new one before the row does.
        @Test func `content that is not the row's is not given out`() async throws {
            let server = try TestServer.current
            let (agreement, _) = try await uploaded(to: server)
            try await server.tenants.first.database.execute(
                "UPDATE connect_pos.agreements SET file_sha = repeat('0', 64) WHERE id = '\(agreement.id)'")
            let answer = GraphQLAnswer(
                try await server.client.get(path(agreement.id), headers: [authorization(server.token())]))
            #expect(answer.status == 503)
            #expect(answer.codes == ["STORAGE_UNAVAILABLE"])
        }
    }

    // MARK: - What holds for every storage

    private static func path(_ id: String) -> String { "/agreements/\(id)/download" }

    private static func authorization(_ token: String) -> (name: String, value: String) {
        (name: "Authorization", value: "Bearer \(token)")
    }

    private static func uploaded(
        to server: TestServer, size: Int = 300_000
    ) async throws -> (AgreementAnswer, TestFile) {
        let file = TestFile.pdf("Vertrag ü.pdf", seed: 7, size: size)
        let other = try await server.newConnection()
        return (try await server.upload(file, to: other, token: server.token()).uploaded, file)
    }

    private static func checkDownload(_ server: TestServer) async throws {
        let (agreement, file) = try await uploaded(to: server)
        func send(
            _ method: CurlRequest.Method = .get, _ headers: (name: String, value: String)...
        ) async throws -> CurlResponse {
            try await server.client.send(
                method, path(agreement.id), headers: [authorization(server.token("viewer"))] + headers)
        }
        let tag = "\"\(server.row(file.bytes, "", with: "").fileSHA)\""

        let whole = try await send()
        #expect(whole.status == 200)
        #expect(whole.body == file.bytes)
        let expected = [
            "Content-Type": "application/pdf", "Content-Length": "\(file.bytes.count)", "ETag": tag,
            "Content-Disposition": "attachment; filename=\"Vertrag _.pdf\"; filename*=UTF-8''Vertrag%20%C3%BC.pdf",
            "X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-cache", "Accept-Ranges": "bytes",
        ]
        for (name, value) in expected { #expect(whole.header(name) == value) }
        #expect(whole.header("X-Request-ID")?.isEmpty == false)

        let head = try await send(.head)
        #expect(head.status == 200)
        #expect(head.body.isEmpty)
        for (name, value) in expected { #expect(head.header(name) == value) }

        let known = try await send(.get, (name: "If-None-Match", value: tag))
        #expect(known.status == 304)
        #expect(known.body.isEmpty)
        #expect(known.header("ETag") == tag)

        for (range, part) in [("0-9", 0...9), ("299990-", 299_990...299_999), ("-5", 299_995...299_999)] {
            let partial = try await send(.get, (name: "Range", value: "bytes=\(range)"), (name: "If-Range", value: tag))
            #expect(partial.status == 206)
            #expect(partial.body == Array(file.bytes[part]))
            #expect(partial.header("Content-Range") == "bytes \(part.lowerBound)-\(part.upperBound)/300000")
        }
        let changed = try await send(.get, (name: "Range", value: "bytes=0-9"), (name: "If-Range", value: "\"x\""))
        #expect(changed.status == 200)
        #expect(changed.body == file.bytes)
        let beyond = try await send(.get, (name: "Range", value: "bytes=300000-"))
        #expect(beyond.status == 416)
        #expect(beyond.header("Content-Range") == "bytes */300000")
        #expect(try await send(.post).status == 405)
    }

    private static func checkRefusals(_ server: TestServer) async throws {
        let (agreement, _) = try await uploaded(to: server)
        func answer(_ id: String, _ token: String?) async throws -> GraphQLAnswer {
            let headers = token.map { [authorization($0)] } ?? []
            let response = try await server.client.get(path(id), headers: headers)
            let answer = GraphQLAnswer(response)
            #expect(answer.errors.map(\.extensions.requestId) == [response.header("X-Request-ID")])
            return answer
        }
        let foreign = try server.token(of: server.tenants.second)
        var notFound: Set<String> = []
        for (id, token) in [
            (agreement.id, foreign), (UUID().uuidString, try server.token()), ("x", try server.token()),
            ("..%2F", try server.token()),
        ] {
            let answer = try await answer(id, token)
            #expect(answer.status == 404)
            #expect(answer.codes == ["AGREEMENT_NOT_FOUND"])
            notFound.insert(answer.errors.map(\.message).joined())
        }
        #expect(notFound.count == 1)

        let nobody = try await answer(agreement.id, nil)
        #expect(nobody.status == 401)
        #expect(nobody.codes == ["UNAUTHENTICATED"])
        #expect(try await answer(agreement.id, "no.token.atall").codes == ["UNAUTHENTICATED"])
        let customer = server.tenants.first.customer
        let unknown = try TestServer.token(subject: "nobody", organization: customer.tokenOrganization.description)
        #expect(try await answer(agreement.id, unknown).codes == ["FORBIDDEN"])
        let unregistered = try TestServer.token(subject: customer.users[0].subject, organization: "org_nobody")
        #expect(try await answer(agreement.id, unregistered).codes == ["TENANT_NOT_FOUND"])

        for status in ["rejected", "pending"] {
            try await server.tenants.central.execute(
                """
                UPDATE subscription.connections SET status = '\(status)'
                WHERE requester_org_id = '\(agreement.connectedOrgId)'
                """)
            let answer = try await answer(agreement.id, server.token("admin"))
            #expect(answer.status == 404)
            #expect(answer.codes == ["AGREEMENT_NOT_FOUND"])
        }
    }
}
