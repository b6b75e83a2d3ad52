import FoundationEssentials
import Testing

@testable import Identity

@Suite final class DevelopmentKeysTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "keys-\(UUID())")
    private let issuer: Issuer

    init() throws {
        issuer = try Issuer()
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    private func permissions(of file: String) throws -> Int? {
        let path = folder.appending(path: file).path
        return try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private func contents(of file: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appending(path: file)), as: UTF8.self)
    }

    @Test func `keys are made once, in files that only their owner can read`() throws {
        let made = try DevelopmentKeys.loaded(orMadeIn: folder.path)
        let loaded = try DevelopmentKeys.loaded(orMadeIn: folder.path)

        #expect(loaded.jwks == made.jwks)
        #expect(loaded.keyID == made.keyID)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
                "jwks.json", "signing-key.pem",
            ])
        #expect(try permissions(of: "") == 0o700)
        #expect(try permissions(of: "signing-key.pem") == 0o600)
        #expect(try contents(of: "jwks.json") == made.jwks)
        #expect(try contents(of: "signing-key.pem").hasPrefix("-----BEGIN PRIVATE KEY-----"))
    }

    @Test func `a folder that others may read is closed, and one below others is made`() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)

        _ = try DevelopmentKeys.loaded(orMadeIn: folder.path)
        _ = try DevelopmentKeys.loaded(orMadeIn: folder.appending(path: "a/b").path)

        #expect(try permissions(of: "") == 0o700)
        #expect(try permissions(of: "a/b") == 0o700)
        #expect(try permissions(of: "a/b/signing-key.pem") == 0o600)
    }

    @Test func `a key set that is lost, old or cut off is written anew`() throws {
        let made = try DevelopmentKeys.loaded(orMadeIn: folder.path)
        let jwksFile = folder.appending(path: "jwks.json")

        for wrong in ["", #"{"keys":["#, issuer.otherKeys.jwks] {
            try Data(wrong.utf8).write(to: jwksFile)
            _ = try DevelopmentKeys.loaded(orMadeIn: folder.path)
            #expect(try contents(of: "jwks.json") == made.jwks)
        }
        try FileManager.default.removeItem(at: jwksFile)
        _ = try DevelopmentKeys.loaded(orMadeIn: folder.path)
        #expect(try contents(of: "jwks.json") == made.jwks)
    }

    @Test func `what a crash left of a key half written is no obstacle`() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("-----BEGIN".utf8).write(to: folder.appending(path: "signing-key.pem.new"))

        _ = try DevelopmentKeys.loaded(orMadeIn: folder.path)

        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
                "jwks.json", "signing-key.pem",
            ])
    }

    @Test func `a key file that holds no key is named, and not replaced`() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let keyFile = folder.appending(path: "signing-key.pem")
        try Data("precious".utf8).write(to: keyFile)

        let error = IdentityError.keysUnavailable(
            "\(keyFile.path) holds no RSA private key. Delete it, and a new one will be made; "
                + "tokens signed with the old one will be refused."
        )
        #expect(throws: error) { try DevelopmentKeys.loaded(orMadeIn: folder.path) }
        #expect(try contents(of: "signing-key.pem") == "precious")
    }

    @Test func `tokens are verified against the key set in the folder, by the key loaded again, too`() async throws {
        let made = try DevelopmentKeys.loaded(orMadeIn: folder.path)
        let loaded = try DevelopmentKeys.loaded(orMadeIn: folder.path)
        let verifier = issuer.verifier(
            keys: .file(path: folder.appending(path: DevelopmentKeys.jwksFile).path),
            issuers: [DevelopmentKeys.issuer]
        )

        for keys in [made, loaded] {
            let token = try keys.token(
                subject: "user_1",
                organization: "org_1",
                organizationName: "Wörk & \"Söhne\" \\ 🦊",
                role: "member",
                sessionID: "session_1",
                lifetime: .seconds(60),
                now: issuer.now
            )
            #expect(
                await outcome(of: token, verifier)
                    == .success(
                        AccessTokenClaims(
                            subject: "user_1",
                            organization: "org_1",
                            organizationName: "Wörk & \"Söhne\" \\ 🦊",
                            role: "member",
                            permissions: [],
                            sessionID: "session_1",
                            issuer: DevelopmentKeys.issuer,
                            expiresAt: issuer.now + 60
                        )
                    )
            )
        }
    }

    @Test func `a token has the form that WorkOS gives it`() throws {
        let token = try issuer.keys.token(
            subject: "user_1",
            organization: "org_1",
            sessionID: "session_1",
            lifetime: .seconds(300),
            now: issuer.now
        )
        let parts = token.split(separator: ".").map { part in
            Base64URL.decode(part.utf8).map { String(decoding: $0, as: UTF8.self) }
        }

        #expect(parts[0] == #"{"alg":"RS256","kid":"\#(issuer.keys.keyID)","typ":"JWT"}"#)
        #expect(
            parts[1] == """
                {"exp":1800000300,"iat":1800000000,"iss":"https://accord.localhost","nbf":1800000000,"org_id":"org_1",\
                "sid":"session_1","sub":"user_1"}
                """
        )
    }
}
