import AccordCore
import AccordDevelopment
import Curl
import Foundation
import TestSupport
import Testing

/// Requests whose token is missing, wrong in one way, or good for somebody who may not.
@Suite(.sharedServer(storage: .directory), .timeLimit(.minutes(3)))
struct TokenTests {
    enum BadToken: String, CaseIterable, Sendable {
        case expired, unsigned, signedWithPublicKeyAsSecret, signedWithForeignKey, signedWithUnknownKey, tamperedWith
        case gibberish

        func token(_ tokens: TestTokens) throws -> String {
            switch self {
            case .expired: try tokens.expired()
            case .unsigned: tokens.unsigned()
            case .signedWithPublicKeyAsSecret: tokens.signedWithPublicKeyAsSecret()
            case .signedWithForeignKey: try tokens.signedWithForeignKey()
            case .signedWithUnknownKey: try tokens.signedWithUnknownKey()
            case .tamperedWith: try tokens.tamperedWith()
            case .gibberish: "gibberish"
            }
        }
    }

    private static func tokens(_ server: TestServer) throws -> TestTokens {
        let customer = server.tenants.first.customer
        let member = customer.users.first { $0.role == "member" }
        return TestTokens(
            keys: try TestServer.keys, subject: member?.subject ?? "",
            organization: customer.tokenOrganization.description)
    }

    @Test func `a good token of the same making is accepted`() async throws {
        let server = try TestServer.current
        let answer = try await server.client.graphQL(
            "{ connections { name } }", token: Self.tokens(server).valid())
        #expect(answer.status == 200)
        #expect(answer.errors.isEmpty)
    }

    @Test(arguments: BadToken.allCases)
    func `a bad token is refused and leaves nothing`(_ bad: BadToken) async throws {
        let server = try TestServer.current
        let token = try bad.token(Self.tokens(server))
        try await expectRefusal(server, token: token, 401, "UNAUTHENTICATED", #"Bearer error="invalid_token""#)
    }

    @Test func `a request without a token is refused and leaves nothing`() async throws {
        let server = try TestServer.current
        let query = try await server.client.graphQL("{ connections { name } }", token: nil)
        #expect(query.status == 401)
        #expect(query.codes == ["UNAUTHENTICATED"])
        let keystone = try server.organization("Keystone Electric")
        let deletion = try await server.delete(keystone, token: nil)
        #expect(deletion.codes == ["UNAUTHENTICATED"])

        // A form without a token could come from any site; one that could not is told to sign in.
        let body = MultipartBody.upload(
            operations: TestServer.uploadOperations(keystone), fileName: #"filename="a.pdf""#, TestFile.pdf("").bytes)
        let form = try await server.client.post(body: body.bytes, contentType: body.contentType, token: nil)
        #expect(form.codes == ["PREFLIGHT_REQUIRED"])
        let upload = try await server.client.send(
            .post, "/graphql",
            headers: [
                (name: "Content-Type", value: body.contentType), (name: "GraphQL-Require-Preflight", value: "1"),
            ],
            body: body.bytes)
        #expect(upload.status == 401)
        #expect(upload.header("WWW-Authenticate") == "Bearer")
        #expect(GraphQLAnswer(status: upload.status, body: upload.body).codes == ["UNAUTHENTICATED"])
        #expect(try await server.contents() == .nothing)
    }

    @Test(arguments: ["Basic dXNlcjpwYXNz", "Bearer", "Bearer ", "bearer"])
    func `an Authorization that holds no bearer token is refused`(_ authorization: String) async throws {
        let server = try TestServer.current
        let answer = try await server.client.send(
            .post, "/graphql",
            headers: [
                (name: "Content-Type", value: "application/json"), (name: "Authorization", value: authorization),
            ],
            body: Array(#"{"query": "{ connections { name } }"}"#.utf8))
        #expect(answer.status == 401)
        #expect(GraphQLAnswer(status: answer.status, body: answer.body).codes == ["UNAUTHENTICATED"])
    }

    @Test func `an unknown tenant is refused and leaves nothing`() async throws {
        let server = try TestServer.current
        // What names a tenant elsewhere must not name one here.
        let customer = server.tenants.first.customer
        for organization in ["org_01UNKNOWN", customer.url, customer.organization.id.uuidString.lowercased()] {
            let token = try TestServer.token(
                subject: customer.users[0].subject, organization: organization,
                organizationName: customer.organization.name, role: "member")
            try await expectRefusal(server, token: token, 403, "TENANT_NOT_FOUND", nil)
        }
    }

    @Test(.server(storage: .directory))
    func `an inactive tenant is as good as unknown`() async throws {
        let server = try TestServer.current
        let token = try server.token()
        #expect(try await server.connections(token: token).count == 7)
        try await server.tenants.central.execute(
            "UPDATE public.tenants SET is_active = false WHERE url = 'brightwater'")
        try await expectRefusal(server, token: token, 403, "TENANT_NOT_FOUND", nil)
        #expect(try await server.connections(token: server.token(of: server.tenants.second)).count == 7)
    }

    @Test(.server(storage: .directory))
    func `a user who is unknown or inactive is refused`() async throws {
        let server = try TestServer.current
        let stranger = try TestServer.token(
            subject: "user_01NOBODY", organization: server.tenants.first.customer.tokenOrganization.description,
            role: "member")
        try await expectRefusal(server, token: stranger, 403, "FORBIDDEN", nil)
        try await server.tenants.central.execute("UPDATE subscription.users SET is_active = false")
        try await expectRefusal(server, token: server.token(), 403, "FORBIDDEN", nil)
    }

    @Test(arguments: ["viewer", "superuser", nil])
    func `a viewer, by name or for lack of a known role, reads and changes nothing`(_ role: String?) async throws {
        let server = try TestServer.current
        let customer = server.tenants.first.customer
        let token = try TestServer.token(
            subject: customer.users[0].subject, organization: customer.tokenOrganization.description, role: role)
        let keystone = try server.organization("Keystone Electric")
        #expect(try await server.connections(token: token).count == 7)
        let upload = try await server.upload(.pdf("agreement.pdf"), to: keystone, token: token)
        #expect(upload.status == 403)
        #expect(upload.codes == ["FORBIDDEN"])
        let deletion = try await server.delete(keystone, token: token)
        #expect(deletion.status == 200)
        #expect(deletion.codes == ["FORBIDDEN"])
        #expect(try await server.contents() == .nothing)
    }

    @Test(.server(storage: .directory), arguments: ["member", "user", "admin", "org_admin", "super_admin"])
    func `a member and everybody above uploads and deletes`(_ role: String) async throws {
        let server = try TestServer.current
        let customer = server.tenants.first.customer
        let token = try TestServer.token(
            subject: customer.users[0].subject, organization: customer.tokenOrganization.description, role: role)
        let keystone = try server.organization("Keystone Electric")
        #expect(try await server.upload(.pdf("agreement.pdf"), to: keystone, token: token).errors.isEmpty)
        #expect(try await server.delete(keystone, token: token).errors.isEmpty)
    }

    /// A query, a deletion and an upload are refused alike, before anything is read or done.
    private func expectRefusal(
        _ server: TestServer, token: String, _ status: Int, _ code: String, _ challenge: String?,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let keystone = try server.organization("Keystone Electric")
        let answers = [
            try await server.client.graphQL("{ connections { name } }", token: token),
            try await server.delete(keystone, token: token),
            try await server.upload(.pdf("agreement.pdf"), to: keystone, token: token),
        ]
        #expect(answers.map(\.status) == [status, status, status], sourceLocation: sourceLocation)
        #expect(answers.flatMap(\.codes) == [code, code, code], sourceLocation: sourceLocation)
        #expect(answers.allSatisfy { !$0.text.contains("\"data\"") }, sourceLocation: sourceLocation)
        let raw = try await server.client.send(
            .post, "/graphql",
            headers: [
                (name: "Content-Type", value: "application/json"), (name: "Authorization", value: "Bearer \(token)"),
            ],
            body: Array(#"{"query": "{ __typename }"}"#.utf8))
        #expect(raw.header("WWW-Authenticate") == challenge, sourceLocation: sourceLocation)
        #expect(try await server.contents() == .nothing, sourceLocation: sourceLocation)
    }
}
