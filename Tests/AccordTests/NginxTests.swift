import AccordCore
import AccordDevelopment
import Curl
import Foundation
import TestSupport
import Testing

/// Two servers over the same databases and the same storage, behind nginx as `docs/scaling.md` configures it.
@Suite(
    .serialized, .timeLimit(.minutes(5)),
    .enabled(if: Nginx.isInstalled, "\(Nginx.missing)"), .enabled(if: S3Server.isInstalled, "\(S3Server.missing)"),
    .server(storage: .s3))
struct NginxTests {
    @Test func `what one server has stored, the other shows at once`() async throws {
        let server = try TestServer.current
        let token = try server.token()
        let keystone = try server.organization("Keystone Electric")
        try await server.withAnother(settings: [:]) { other async throws in
            for number in 1...20 {
                let file = TestFile.pdf("\(number % 3).pdf", seed: UInt8(number), size: 3_000 + number)
                let uploaded = try await server.upload(file, to: keystone, token: token).uploaded
                let shown = try await other.agreement(with: keystone, token: token)
                #expect(shown?.id == uploaded.id)
                #expect(shown?.createdAt == uploaded.createdAt)
                #expect(shown?.fileSize == file.bytes.count)
                #expect(try await other.client.get(shown?.presignedUrl ?? "").body == file.bytes)
            }
            #expect(try await other.delete(keystone, token: token).errors.isEmpty)
            #expect(try await server.agreement(with: keystone, token: token) == nil)
            #expect(try await server.delete(keystone, token: token).codes == ["AGREEMENT_NOT_FOUND"])
        }
        #expect(try await server.contents() == .nothing)
    }

    @Test func `a server that is killed under load costs no upload that was acknowledged, and no query by GET`()
        async throws
    {
        let load = try await Self.underLoad { doomed in
            #expect(await doomed.stop(by: SIGKILL) == 128 + SIGKILL)
        }
        // What was on its way to the killed one by POST had to be sent again.
        print("Killed: \(load.answered) answered, sent again: \(load.repeated)")
    }

    @Test func `a server that is stopped under load costs nothing`() async throws {
        let load = try await Self.underLoad { doomed in
            #expect(await doomed.stop() == 0)
        }
        #expect(load.repeated == [])
    }

    /// Has two servers behind nginx answer clients while one of them ends, and looks at what is stored afterwards.
    private static func underLoad(_ end: (ServeProcess) async throws -> Void) async throws -> BalancedLoad {
        let server = try TestServer.current
        var organizations: [String] = []
        for _ in 1...4 { organizations.append(try await server.newConnection()) }
        let load = BalancedLoad()
        try await withPrivateFolder { [organizations] folder async throws in
            let doomed = try await ServeProcess.start(like: server, in: folder)
            let survivor = try await ServeProcess.start(like: server, in: folder)
            let ports = (doomed.port, survivor.port)
            try await Nginx.withRunning(Self.configuration(), before: ports) { nginx async throws in
                try await withThrowingTaskGroup { group in
                    group.addTask { try await load.run(server, at: nginx.url, organizations: organizations) }
                    defer { load.end() }
                    try await Self.wait { load.answered > 200 && load.acknowledged.count == 4 }
                    try await end(doomed)
                    let answered = load.answered
                    try await Self.wait { load.answered > answered + 200 }
                    load.end()
                    try await group.waitForAll()
                }
            }
            #expect(await survivor.stop() == 0)
        }
        #expect(load.lost == [])
        try await expectStored(load.acknowledged, server)
        return load
    }

    /// Each acknowledged file has its row and its object. A killed server may have left objects without a row.
    private static func expectStored(_ acknowledged: [String: TestFile], _ server: TestServer) async throws {
        #expect(acknowledged.count == 4)
        let contents = try await server.contents()
        for (organization, file) in acknowledged {
            let row = server.row(file.bytes, file.suggestedName, with: organization)
            #expect(contents.rows.filter { $0.connectedOrgID == organization } == [row])
            let shown = try await server.agreement(with: organization, token: server.token())
            #expect(try await server.client.get(shown?.presignedUrl ?? "").body == file.bytes)
        }
    }

    /// The configuration that `docs/scaling.md` recommends.
    private static func configuration() throws -> String {
        let page = URL(filePath: #filePath).appending(path: "../../../docs/scaling.md").standardized
        let text = try String(contentsOf: page, encoding: .utf8)
        return String(try #require(text.firstMatch(of: #/```nginx\n((?:.|\n)*?)```/#)).1)
    }

    private static func wait(_ isSo: () -> Bool) async throws {
        while !isSo() { try await Task.sleep(for: .milliseconds(5)) }
    }
}
