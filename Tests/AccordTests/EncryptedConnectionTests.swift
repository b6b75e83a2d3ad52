import AccordServer
import Foundation
import TestSupport
import Testing

/// A server that encrypts its connections itself, as the program curl sees it.
@Suite(.serialized, .sharedServer(storage: .directory), .timeLimit(.minutes(3)))
struct EncryptedConnectionTests {
    /// Gives `body` a folder with a certificate for 127.0.0.1 and its key.
    func withCertificate(_ body: (_ certificate: String, _ key: String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "accord-tls-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let certificate = folder.appending(path: "certificate.pem").path
        let key = folder.appending(path: "key.pem").path
        _ = try await Program.run(
            "openssl",
            ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
                + ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key]
                + ["-out", certificate])
        try await body(certificate, key)
    }

    /// Runs a second server that encrypts.
    func withEncryption(
        _ settings: [String: String] = [:], _ body: (TestServer, _ certificate: String) async throws -> Void
    ) async throws {
        let server = try TestServer.current
        try await withCertificate { certificate, key async throws in
            let tls = ["ACCORD_TLS_CERTIFICATE": certificate, "ACCORD_TLS_KEY": key]
            try await server.withAnother(settings: tls.merging(settings) { $1 }) { server async throws in
                #expect(server.url.hasPrefix("https://127.0.0.1:"))
                try await body(server, certificate)
            }
        }
    }

    /// What curl prints of an answer: its body, then HTTP's version and the status.
    func curl(_ server: TestServer, _ certificate: String, _ arguments: String...) async throws -> String {
        try await curl(server.url, certificate, arguments)
    }

    func curl(_ url: String, _ certificate: String, _ arguments: [String]) async throws -> String {
        try await Program.run(
            "curl",
            ["--silent", "--show-error", "--max-time", "60", "--cacert", certificate, "--write-out"]
                + [" HTTP/%{http_version} %{response_code}", "\(url)/graphql"] + arguments
        ).output
    }

    @Test(arguments: [("--http2", "2"), ("--http1.1", "1.1")])
    func `a client is answered in the version that it asks for`(_ flag: String, _ version: String) async throws {
        try await withEncryption { server, certificate async throws in
            let authorization = "Authorization: Bearer \(try server.token())"
            let answer = try await curl(
                server, certificate, flag, "--header", authorization, "--json", #"{"query":"{ __typename }"}"#)
            #expect(answer == #"{"data":{"__typename":"Query"}} HTTP/\#(version) 200"#)
            let wrong = try await curl(server, certificate, flag, "--header", authorization, "--json", "{")
            #expect(wrong.hasSuffix("HTTP/\(version) 400"))
            let method = try await curl(server, certificate, flag, "--request", "PUT", "--json", "{}")
            #expect(method.hasSuffix("HTTP/\(version) 405"))
        }
    }

    @Test(arguments: [("--http2", "2"), ("--http1.1", "1.1")])
    func `a file is uploaded, and one that may not be is refused early`(
        _ flag: String, _ version: String
    ) async throws {
        let organization = try await TestServer.current.newConnection()
        try await withEncryption { server, certificate async throws in
            let file = FileManager.default.temporaryDirectory.appending(path: "accord-\(UUID().uuidString).pdf")
            defer { try? FileManager.default.removeItem(at: file) }
            try Data(TestFile.pdf("a.pdf", size: 5_000_000).bytes).write(to: file)
            for (role, ending) in [("member", "200"), ("viewer", "403")] {
                let answer = try await curl(
                    server, certificate, flag, "--header", "Authorization: Bearer \(try server.token(role))", "--form",
                    "operations=\(TestServer.uploadOperations(organization));type=application/json", "--form",
                    #"map={"0":["variables.file"]}"#, "--form", "0=@\(file.path)")
                #expect(answer.hasSuffix("HTTP/\(version) \(ending)"))
                #expect(answer.contains(role == "member" ? #""fileSize":5000000"# : #""code":"FORBIDDEN""#))
            }
        }
    }

    @Test(arguments: ["--http2", "--http1.1"])
    func `a client that goes away ends its statement`(_ flag: String) async throws {
        try await withEncryption { server, certificate async throws in
            let authorization = "Authorization: Bearer \(try server.token())"
            try await server.withBlockedConnections { waiting async throws in
                async let answer = curl(
                    server, certificate, flag, "--max-time", "10", "--header", authorization, "--json",
                    #"{"query":"{ connections { name } }"}"#)
                while try await waiting() == 0 {}
                #expect(try await answer.contains("timed out"))
                // Long before the statement's own time is up.
                let start = ContinuousClock.now
                while try await waiting() > 0 {}
                #expect(.now - start < .seconds(15))
            }
        }
    }

    @Test func `what is not encrypted is not answered`() async throws {
        try await withEncryption { server, _ async throws in
            let plain = "POST /graphql HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n"
            let answer = try await RawExchange(with: server.url, [.send(Array(plain.utf8))]).run()
            #expect(answer.statuses.isEmpty)
        }
    }

    @Test func `a certificate and a key that can't be used are reported`() async throws {
        let settings = try TestServer.current.settings
        func problems(_ tls: [String: String]) -> [String] {
            do {
                _ = try ServerConfiguration(settings: settings.merging(tls) { $1 })
                return []
            } catch {
                return (error as? ConfigurationErrors)?.problems ?? ["\(error)"]
            }
        }
        #expect(
            problems(["ACCORD_TLS_KEY": "key.pem"]) == [
                "Set ACCORD_TLS_CERTIFICATE and ACCORD_TLS_KEY, or neither."
            ])
        #expect(problems(["ACCORD_TLS_CERTIFICATE": "/nowhere", "ACCORD_TLS_KEY": "/nowhere"]).count == 1)
        try await withCertificate { certificate, key async throws in
            #expect(problems(["ACCORD_TLS_CERTIFICATE": certificate, "ACCORD_TLS_KEY": key]).isEmpty)
            try await withCertificate { _, other async throws in
                #expect(problems(["ACCORD_TLS_CERTIFICATE": certificate, "ACCORD_TLS_KEY": other]).count == 1)
            }
        }
    }

    @Test(arguments: [[], [.send([0x16, 0x03, 0x01, 0x02, 0x00])]] as [[RawExchange.Step]])
    func `a greeting that doesn't come whole is not waited for`(_ steps: [RawExchange.Step]) async throws {
        try await withEncryption(["ACCORD_IDLE_SECONDS": "1"]) { server, certificate async throws in
            let start = ContinuousClock.now
            let answer = try await RawExchange(with: server.url, steps).run()
            #expect(answer.isClosed)
            #expect(.seconds(1) <= .now - start && .now - start < .seconds(25))
            // Who has greeted is given the time that the others have.
            let curl = try await Program.run(
                "curl",
                ["--silent", "--retry", "10", "--retry-all-errors", "--retry-delay", "1", "--cacert", certificate]
                    + ["\(server.url)/health/live"])
            #expect(curl.output == #"{"status":"ok"}"#)
        }
    }
}
