import Foundation
import TestSupport
import Testing

@testable import AccordDevelopment

/// The limits of requests that are streams.
extension EncryptedConnectionTests {
    @Test(arguments: [
        ("--http2", 14_000, " HTTP/2 200"), ("--http2", 17_000, " 000"), ("--http1.1", 17_000, " HTTP/1.1 200"),
    ])
    func `header fields have 16 KiB over HTTP/2, and more over HTTP/1.1`(
        _ flag: String, _ count: Int, _ ending: String
    ) async throws {
        try await withEncryption { server, certificate async throws in
            let answer = try await curl(
                server, certificate, flag, "--header", "X-Long: \(String(repeating: "x", count: count))", "--json",
                #"{"query":"{ __typename }"}"#)
            #expect(answer.hasSuffix(ending))
        }
    }

    @Test func `a body that trickles in over HTTP/2 is answered`() async throws {
        let settings = ["ACCORD_MIN_BODY_RATE": "100000", "ACCORD_BODY_PAUSE_SECONDS": "1"]
        try await withFile(bytes: 900_000) { file async throws in
            try await withEncryption(settings) { server, certificate async throws in
                let answer = try await curl(
                    server, certificate, "--http2", "--limit-rate", "1K", "--header",
                    "Authorization: Bearer \(try server.token())", "--json", "@\(file)")
                #expect(answer.contains(#""code":"TIMEOUT""#))
                #expect(answer.hasSuffix("HTTP/2 408"))
            }
        }
    }

    @Test func `a body that is too long is refused over HTTP/2 before it is sent`() async throws {
        try await withFile(bytes: 40 << 20) { file async throws in
            try await withEncryption { server, certificate async throws in
                let answer = try await curl(
                    server, certificate, "--http2", "--header", "Authorization: Bearer \(try server.token())", "--json",
                    "@\(file)", "--write-out", " %{response_code} %{size_upload}")
                #expect(answer.contains(#""code":"REQUEST_TOO_LARGE""#))
                let numbers = answer.split(separator: " ").suffix(2).compactMap { Int($0) }
                #expect(numbers.first == 413)
                #expect(numbers.last.map { $0 < 1 << 20 } == true)
            }
        }
    }

    /// Its client gives up after two seconds, and with it goes the statement.
    @Test func `a file that nobody wants yet stays with the client over HTTP/2`() async throws {
        let organization = try await TestServer.current.newConnection()
        try await withFile(bytes: 40 << 20) { file async throws in
            try await withEncryption { server, certificate async throws in
                try await server.withBlockedConnections { waiting async throws in
                    let answer = try await curl(
                        server, certificate, "--http2", "--max-time", "2", "--header",
                        "Authorization: Bearer \(try server.token())", "--form",
                        "operations=\(TestServer.uploadOperations(organization));type=application/json", "--form",
                        #"map={"0":["variables.file"]}"#, "--form", "0=@\(file)", "--write-out", " %{size_upload}")
                    #expect(answer.contains("timed out"))
                    // What is read, and what HTTP/2's own windows let the client send beyond it.
                    #expect(answer.split(separator: " ").last.flatMap { Int($0) }.map { $0 < 256 << 10 } == true)
                    let start = ContinuousClock.now
                    while try await waiting() > 0 {}
                    #expect(.now - start < .seconds(25))
                }
            }
        }
    }

    @Test(arguments: [(20, 200), (1, 503)])
    func `a request over HTTP/2 is answered when the server stops`(_ seconds: Int, _ status: Int) async throws {
        let server = try TestServer.current
        let authorization = "Authorization: Bearer \(try server.token())"
        try await withCertificate { certificate, key async throws in
            try await withPrivateFolder { folder async throws in
                for _ in 1...5 {
                    let serve = try await ServeProcess.start(
                        like: server,
                        settings: [
                            "ACCORD_TLS_CERTIFICATE": certificate, "ACCORD_TLS_KEY": key,
                            "ACCORD_SHUTDOWN_SECONDS": "\(seconds)",
                        ], in: folder)
                    // Asked while nobody can read the connections, and given up then or answered when that is over.
                    let (answer, time) = try await server.withBlockedConnections { waiting async throws in
                        let answer = Task {
                            try await curl(
                                serve.url, certificate,
                                ["--http2", "--header", authorization, "--json"]
                                    + [#"{"query":"{ connections { name } }"}"#])
                        }
                        while try await waiting() == 0 {}
                        let start = ContinuousClock.now
                        serve.process.send(SIGTERM)
                        if status == 503 {
                            _ = try await answer.value
                        } else {
                            // Much shorter than the time there is.
                            try await Task.sleep(for: .seconds(3))
                        }
                        return (answer, ContinuousClock.now - start)
                    }
                    let text = try await answer.value
                    let exitStatus = await serve.process.waitForEnd()
                    // A second after its time a server that stalled has been cut off.
                    if status == 503, time > .milliseconds(1_800) { continue }
                    #expect(text.contains(status == 200 ? "Keystone Electric" : #""code":"TIMEOUT""#))
                    #expect(text.hasSuffix("HTTP/2 \(status)"))
                    #expect(exitStatus == 0)
                    return
                }
                Issue.record("Each time it took too long.")
            }
        }
    }

    private func withFile(bytes: Int, _ body: (_ path: String) async throws -> Void) async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "accord-\(UUID().uuidString).pdf")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(TestFile.pdf("a.pdf", size: bytes).bytes).write(to: file)
        try await body(file.path)
    }
}
