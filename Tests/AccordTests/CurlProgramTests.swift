import Foundation
import TestSupport
import Testing

/// The program curl, as the documentation tells to use it, and in its own ways.
@Suite(.sharedServer(storage: .directory), .timeLimit(.minutes(5)))
struct CurlProgramTests {
    /// Runs curl on `/graphql` with a token.
    private func curl(
        _ server: TestServer, _ arguments: [String], role: String = "member"
    ) async throws -> (status: Int32, output: String) {
        try await Program.run(
            "curl",
            ["--silent", "--show-error", "--max-time", "120", "--write-out", " %{response_code}"]
                + ["--header", "Authorization: Bearer \(try server.token(role))", "\(server.url)/graphql"] + arguments)
    }

    /// The three parts of an upload; `file` is what stands behind `0=@`.
    private func form(_ organization: String, _ file: String) -> [String] {
        [
            "--form", "operations=\(TestServer.uploadOperations(organization))", "--form",
            #"map={"0": ["variables.file"]}"#, "--form", "0=@\(file)",
        ]
    }

    private func withFile(_ size: Int, _ body: (String) async throws -> Void) async throws {
        try await withPrivateFolder { folder async throws in
            let path = "\(folder)/agreement.pdf"
            try Data(TestFile.pdf("agreement.pdf", size: size).bytes).write(to: URL(filePath: path))
            try await body(path)
        }
    }

    @Test(
        arguments: [
            ("as it is", "", "agreement.pdf", []),
            ("under another name", #";filename="Köln \"x\", ü.pdf""#, #"Köln "x", ü.pdf"#, []),
            ("with a type", ";type=application/pdf", "agreement.pdf", []),
            ("in chunks", "", "agreement.pdf", ["--header", "Transfer-Encoding: chunked"]),
            ("after an invitation", "", "agreement.pdf", ["--header", "Expect: 100-continue"]),
            ("without waiting for one", "", "agreement.pdf", ["--header", "Expect:"]),
            ("slowly", "", "agreement.pdf", ["--limit-rate", "200k"]),
        ] as [(String, String, String, [String])], [20, 300_000])
    func `a file is uploaded`(_ way: (String, suffix: String, name: String, flags: [String]), _ size: Int) async throws
    {
        let server = try TestServer.current
        let other = try await server.newConnection()
        try await withFile(size) { path async throws in
            let (status, output) = try await curl(server, way.flags + form(other, path + way.suffix))
            #expect(status == 0)
            #expect(output.hasSuffix(" 200"), "\(output)")
            let answer = GraphQLAnswer(status: 200, body: Array(output.dropLast(4).utf8))
            #expect(try answer.uploaded.fileName == way.name)
            let row = server.row(TestFile.pdf("", size: size).bytes, way.name, with: other)
            #expect(try await server.contents().with(other).rows.map(\.fileSHA) == [row.fileSHA])
        }
    }

    @Test(arguments: [300_000, 20_000_000], [[], ["--header", "Transfer-Encoding: chunked"]])
    func `a refusal arrives although not all is sent`(_ size: Int, _ flags: [String]) async throws {
        let server = try TestServer.current
        try await withFile(size) { path async throws in
            let pending = try server.organization("Cobalt Fasteners")
            let member = try await curl(server, flags + form(pending, path))
            #expect(member.output.contains("CONNECTION_NOT_ACCEPTED") && member.output.hasSuffix(" 200"))
            let viewer = try await curl(server, flags + form(pending, path), role: "viewer")
            #expect(viewer.output.contains("FORBIDDEN") && viewer.output.hasSuffix(" 403"))
        }
    }

    @Test func `an upload that is broken off leaves nothing`() async throws {
        let server = try TestServer.current
        let other = try await server.newConnection()
        try await withFile(5_000_000) { path async throws in
            let (status, _) = try await curl(
                server, ["--max-time", "1", "--limit-rate", "500k"] + form(other, path))
            // curl's own: operation timed out.
            #expect(status == 28)
            #expect(try await server.contents().with(other) == .nothing)
            let (_, output) = try await curl(server, form(other, path))
            #expect(output.hasSuffix(" 200"))
        }
    }
}
