import Curl
import Foundation
import S3
import TestSupport
import Testing

/// A store that can't be reached, and one that says no, are different errors.
@Suite(.timeLimit(.minutes(5))) struct S3FailureTests {
    @Test func `where nobody listens, the store is unreachable`() async throws {
        let port = try ScriptedServer { _ in }.port  // closed again at once
        let client = try client(endpoint: "http://127.0.0.1:\(port)")
        #expect(await failure { try await client.headBucket() } == "unreachable")
        #expect(await failure { try await client.put([1], at: "k") } == "unreachable")
    }

    @Test func `a host without an address is unreachable`() async throws {
        let client = try client(endpoint: "https://no-such-host.invalid")
        #expect(await failure { try await client.deleteObject(key: "k") } == "unreachable")
    }

    @Test func `a store that takes the request and stalls is unreachable`() async throws {
        let server = try ScriptedServer { $0.waitForEnd() }
        let client = try client(endpoint: server.url, timeouts: CurlTimeouts(stall: .seconds(1)))
        let start = ContinuousClock.now
        #expect(await failure { try await client.put([1, 2, 3], at: "k") } == "unreachable")
        #expect(await failure { try await client.headBucket() } == "unreachable")
        #expect(ContinuousClock.now - start < .seconds(50))
    }

    @Test func `a store that says no has refused, with its code and message`() async throws {
        let document = "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
        let server = try ScriptedServer { channel in
            _ = channel.readHead()
            channel.write("HTTP/1.1 503 Slow Down\r\nContent-Length: \(document.utf8.count)\r\n\r\n\(document)")
        }
        let client = try client(endpoint: server.url)
        #expect(
            await failure { try await client.deleteObject(key: "k") }
                == "503 SlowDown: Please reduce your request rate."
        )
    }

    @Test func `a redirect to another region is a refusal`() async throws {
        let server = try ScriptedServer { channel in
            _ = channel.readHead()
            channel.write("HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")
        }
        let client = try client(endpoint: server.url)
        #expect(await failure { try await client.headBucket() } == "301 : ")
    }

    @Test func `metadata that would smuggle a header is refused before anything is sent`() async throws {
        let server = try ScriptedServer { $0.waitForEnd() }
        let client = try client(endpoint: server.url)
        #expect(
            await failure { try await client.put([1], at: "k", metadata: ["a": "1\r\nX-Evil: 1"]) } == "invalidRequest"
        )
        #expect(server.acceptedChannels == 0)
    }

    @Test func `a session token goes with every request, signed`() async throws {
        let server = try ScriptedServer { channel in
            let head = channel.readHead() ?? ""
            let isSigned = head.contains("SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,")
            let isSent = head.contains("x-amz-security-token: the token\r\n")
            channel.write("HTTP/1.1 \(isSigned && isSent ? 200 : 400) X\r\nContent-Length: 0\r\n\r\n")
        }
        let client = try client(endpoint: server.url, sessionToken: "the token")
        #expect(await failure { try await client.headBucket() } == "")
    }

    private func client(
        endpoint: String,
        sessionToken: String? = nil,
        timeouts: CurlTimeouts = CurlTimeouts()
    ) throws -> S3Client {
        let configuration = try S3Configuration(
            endpoint: endpoint,
            bucket: "b",
            region: "us-east-1",
            credentials: AWSCredentials(accessKeyID: "id", secretAccessKey: "secret", sessionToken: sessionToken),
            timeouts: timeouts
        )
        return S3Client(configuration: configuration, http: CurlClient())
    }

    /// A refusal in full, of another error the case's name, and nothing where there was none.
    private func failure(of operation: () async throws -> Void) async -> String {
        do {
            try await operation()
            return ""
        } catch S3Error.refused(let status, let code, let message) {
            return "\(status) \(code): \(message)"
        } catch {
            return String("\(error)".prefix { $0 != "(" })
        }
    }
}
