import Foundation
import TestSupport
import Testing

/// gql, over aiohttp and httpx, and graphql-core's introspection client.
///
/// `Tests/Clients/clients.py` asks the server and says what it found.
@Suite(.serialized, .enabled(if: PythonClients.isInstalled, PythonClients.missing), .timeLimit(.minutes(10)))
struct PythonClientTests {
    @Test(.server(storage: .directory)) func `Python's clients upload, are refused, and know the schema`() async throws
    {
        let server = try TestServer.current
        try await withPrivateFolder { folder async throws in
            var accepted: [String] = []
            for _ in 0..<40 { accepted.append(try await server.newConnection()) }
            let scene = PythonClients.Scene(
                url: "\(server.url)/graphql", schema: PythonClients.project.appending(path: "schema.graphql").path,
                member: try server.token(), viewer: try server.token("viewer"), accepted: accepted,
                pending: try server.organization("Cobalt Fasteners"))
            let file = "\(folder)/scene.json"
            try JSONEncoder().encode(scene).write(to: URL(filePath: file))
            let (status, output) = try await PythonClients.check(file)
            #expect(status == 0, "\(output)")
            #expect(output.contains("passed: "))
        }
    }
}

/// A Python that has gql.
private enum PythonClients {
    /// What the script is told.
    struct Scene: Encodable {
        let url: String
        let schema: String
        let member: String
        let viewer: String
        let accepted: [String]
        let pending: String
    }

    /// The reason to give where the test is switched off.
    static let missing: Comment = "gql is not here: `make test` installs it"

    static let project = URL(filePath: #filePath).appending(path: "../../..").standardized
    private static let environment = project.appending(path: ".accord/venv-clients")

    static let isInstalled: Bool = {
        let libraries = environment.appending(path: "lib")
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: libraries.path)) ?? []
        return versions.contains { version in
            ["gql", "aiohttp", "httpx", "aiofiles"].allSatisfy { package in
                FileManager.default.fileExists(
                    atPath: libraries.appending(path: "\(version)/site-packages/\(package)").path)
            }
        }
    }()

    /// Runs every check of the scene in the file.
    static func check(_ scene: String) async throws -> (status: Int32, output: String) {
        try await Program.run(
            environment.appending(path: "bin/python3").path,
            ["-B", project.appending(path: "Tests/Clients/clients.py").path, scene])
    }
}
