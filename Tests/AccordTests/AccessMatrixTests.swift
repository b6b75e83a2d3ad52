import AccordCore
import AccordDevelopment
import Curl
import Foundation
import TestSupport
import Testing

/// Who may what: every field of the schema, for every role, from every tenant, as JSON and as a form.
@Suite(.serialized, .server(storage: .directory), .timeLimit(.minutes(5)))
struct AccessMatrixTests {
    /// Where a request comes from, seen from the organization that it is about: one that is connected to the first tenant
    /// only.
    private enum Origin: String, CaseIterable {
        /// The first tenant.
        case own
        /// The second tenant.
        case foreign
        /// An organization that nobody has registered.
        case unregistered
        /// Nobody is signed in.
        case nobody
    }

    private enum Transport: String, CaseIterable { case json, multipart }

    /// A field of the schema, and the operation that asks for it.
    private struct Line {
        let field: String
        let operation: String
        /// Whether it takes the organization as `$id`.
        var namesOrganization = false
        var changes = false
        var takesFile = false
        var isForAdmins = false
    }

    private static let lines =
        [Line(field: "Query.connections", operation: "{ connections { id } }")]
        + ["id", "name", "connectionStatus"].map { field in
            Line(field: "OrganizationLiteResponse.\(field)", operation: "{ connections { \(field) } }")
        }
        + [Line(field: "OrganizationLiteResponse.agreement", operation: "{ connections { agreement { id } } }")]
        + [
            "id", "connectedOrgId", "fileName", "fileSize", "presignedUrl", "presignedUrlExpiresAt", "createdAt",
        ].map { field in
            Line(field: "AgreementResponse.\(field)", operation: "{ connections { agreement { \(field) } } }")
        }
        + historyLines
        + [
            Line(
                field: "Mutation.uploadAgreement",
                operation:
                    "mutation($id: ID!, $file: Upload!) { uploadAgreement(connectedOrgId: $id, file: $file) { id } }",
                namesOrganization: true, changes: true, takesFile: true),
            Line(
                field: "Mutation.deleteAgreement",
                operation: "mutation($id: ID!) { deleteAgreement(connectedOrgId: $id) }", namesOrganization: true,
                changes: true),
            Line(
                field: "Mutation.restoreAgreement",
                operation: "mutation($id: ID!) { restoreAgreement(connectedOrgId: $id, version: 1) { id } }",
                namesOrganization: true, changes: true),
        ] + auditLines

    private static let historyLines: [Line] = {
        let pageFields = ["hasNextPage", "hasPreviousPage", "startCursor", "endCursor"]
        let versionFields = [
            "version", "fileName", "fileSize", "fileSha256", "createdById", "createdAt", "end", "endedAt", "endedById",
            "isKept",
        ]
        var selections = [
            ("Query.agreementHistory", "__typename"), ("AgreementVersionConnection.edges", "edges { cursor }"),
            ("AgreementVersionConnection.pageInfo", "pageInfo { endCursor }"),
            ("AgreementVersionEdge.cursor", "edges { cursor }"),
            ("AgreementVersionEdge.node", "edges { node { version } }"),
        ]
        selections += pageFields.map { ("PageInfo.\($0)", "pageInfo { \($0) }") }
        selections += versionFields.map { ("AgreementVersion.\($0)", "edges { node { \($0) } }") }
        return selections.map { field, selection in
            Line(
                field: field, operation: "query($id: ID!) { agreementHistory(connectedOrgId: $id) { \(selection) } }",
                namesOrganization: true)
        }
    }()

    private static let auditLines =
        [Line(field: "Query.auditLog", operation: "{ auditLog { pageInfo { endCursor } } }", isForAdmins: true)]
        + [
            "id", "recordedAt", "action", "userId", "role", "requestId", "ipAddress", "connectedOrgId", "agreementIds",
            "fileName", "fileSize", "fileSha256", "errorCode", "field",
        ].map { field in
            Line(
                field: "AuditEntry.\(field)", operation: "{ auditLog(first: 1) { edges { node { \(field) } } } }",
                isForAdmins: true)
        }
        + ["edges { cursor }", "pageInfo { endCursor }"].map { selection in
            Line(
                field: "AuditLogConnection.\(selection.prefix { $0 != " " })",
                operation: "{ auditLog(first: 1) { \(selection) } }", isForAdmins: true)
        }
        + ["cursor", "node { id }"].map { selection in
            Line(
                field: "AuditLogEdge.\(selection.prefix { $0 != " " })",
                operation: "{ auditLog(first: 1) { edges { \(selection) } } }", isForAdmins: true)
        }

    private typealias TokenRole = (name: String?, mayChange: Bool, isAdmin: Bool)

    /// The roles that tokens carry, and whether they may change anything, and read the audit log.
    private static let roles: [TokenRole] = [
        (nil, false, false), ("viewer", false, false), ("auditor", false, false), ("member", true, false),
        ("user", true, false), ("admin", true, true), ("org_admin", true, true), ("super_admin", true, true),
    ]

    /// The error that a cell of the matrix answers with; nil for data.
    private static func expectation(
        _ line: Line, _ role: TokenRole, _ origin: Origin, _ transport: Transport
    ) -> String? {
        switch origin {
        case .nobody: return "UNAUTHENTICATED"
        case .unregistered: return "TENANT_NOT_FOUND"
        case .own, .foreign: break
        }
        // JSON has no files.
        if line.takesFile, transport == .json { return "BAD_USER_INPUT" }
        // A form is refused by its role before a byte of it is read, whatever the operation.
        guard role.mayChange || transport == .json && !line.changes else { return "FORBIDDEN" }
        guard role.isAdmin || !line.isForAdmins else { return "FORBIDDEN" }
        guard line.namesOrganization, origin == .foreign else { return nil }
        // Who isn't connected is told what everybody is told who has no agreement.
        return line.field == "Mutation.deleteAgreement" ? "AGREEMENT_NOT_FOUND" : "CONNECTION_NOT_ACCEPTED"
    }

    @Test func `every field is allowed to those who may, and to nobody else`() async throws {
        let server = try TestServer.current
        let shared = try await server.newConnection()
        var size = 0
        for line in Self.lines {
            for role in Self.roles {
                for origin in Origin.allCases {
                    for transport in Transport.allCases {
                        let organization = line.changes ? try await server.newConnection() : shared
                        let expected = Self.expectation(line, role, origin, transport)
                        if line.changes, !line.takesFile, expected == nil {
                            let token = try server.token()
                            _ = try await server.upload(.pdf("agreement.pdf"), to: organization, token: token).uploaded
                        }
                        let answer = try await answer(server, line, role.name, origin, transport, organization)
                        let cell = "\(line.field), \(role.name ?? "no role"), \(origin), \(transport)"
                        #expect(answer.codes == [expected].compactMap(\.self), "\(cell)")
                        #expect(origin == .own || !answer.text.contains(organization), "\(cell)")
                        size += 1
                    }
                }
            }
        }
        print(
            """
            Access matrix: \(Self.lines.count) fields × \(Self.roles.count) roles × \(Origin.allCases.count) origins × \
            \(Transport.allCases.count) transports = \(size) cells
            """)
        let contents = try await server.contents()
        #expect(contents.rows.allSatisfy { $0.tenant == server.tenants.first.customer.url })
        // For each role that may, one upload, and one each for what was restored in either form; what was deleted is gone.
        #expect(contents.rows.count == Self.roles.count { $0.mayChange } * 3)
        #expect(contents.objects == contents.rows.map(\.key).sorted())
    }

    /// The file of an agreement is read with the rights of `Query.connections`.
    @Test func `every role downloads its own tenant's files, and nobody else's`() async throws {
        let server = try TestServer.current
        let organization = try await server.newConnection()
        let file = TestFile.pdf("agreement.pdf")
        let agreement = try await server.upload(file, to: organization, token: server.token()).uploaded
        for role in Self.roles {
            for origin in Origin.allCases {
                let headers = try token(server, role.name, origin).map { token in
                    [(name: "Authorization", value: "Bearer \(token)")]
                }
                let response = try await server.client.get(
                    "/agreements/\(agreement.id)/download", headers: headers ?? [])
                let expected: (status: Int, code: String?) =
                    switch origin {
                    case .own: (200, nil)
                    case .foreign: (404, "AGREEMENT_NOT_FOUND")
                    case .unregistered: (403, "TENANT_NOT_FOUND")
                    case .nobody: (401, "UNAUTHENTICATED")
                    }
                let cell = "\(role.name ?? "no role"), \(origin)"
                #expect(response.status == expected.status, "\(cell)")
                #expect((response.body == file.bytes) == (origin == .own), "\(cell)")
                if let code = expected.code { #expect(GraphQLAnswer(response).codes == [code], "\(cell)") }
            }
        }
    }

    private func token(_ server: TestServer, _ role: String?, _ origin: Origin) throws -> String? {
        guard origin != .nobody else { return nil }
        let member = origin == .foreign ? server.tenants.second : server.tenants.first
        return try TestServer.token(
            subject: member.customer.users[0].subject,
            organization: origin == .unregistered ? "org_nobody" : member.customer.tokenOrganization.description,
            role: role)
    }

    @Test func `every field of the schema has its line`() async throws {
        struct Data: Decodable {
            struct Schema: Decodable { let types: [Kind] }
            struct Kind: Decodable {
                struct Field: Decodable { let name: String }
                let name: String
                let fields: [Field]?
            }
            let __schema: Schema
        }
        let server = try TestServer.current
        let types = try await server.client.graphQL(
            "{ __schema { types { name fields { name } } } }", token: server.token()
        )
        .data(Data.self).__schema.types
        let fields = types.filter { !$0.name.hasPrefix("__") }.flatMap { type in
            (type.fields ?? []).map { "\(type.name).\($0.name)" }
        }
        #expect(fields.sorted() == Self.lines.map(\.field).sorted())
    }

    private func answer(
        _ server: TestServer, _ line: Line, _ role: String?, _ origin: Origin, _ transport: Transport,
        _ organization: String
    ) async throws -> GraphQLAnswer {
        let token = try token(server, role, origin)
        let names = line.namesOrganization
        let variables = names ? #"{"id": "\#(organization)"\#(line.takesFile ? #", "file": null"# : "")}"# : "{}"
        let operations = #"{"query": "\#(line.operation)", "variables": \#(variables)}"#
        var headers = [(name: "GraphQL-Require-Preflight", value: "1")]
        if let token { headers.append((name: "Authorization", value: "Bearer \(token)")) }
        let body: [UInt8]
        switch transport {
        case .json:
            headers.append((name: "Content-Type", value: "application/json"))
            body = Array(operations.utf8)
        case .multipart:
            var form = MultipartBody()
            form.add(disposition: #"name="operations""#, Array(operations.utf8))
            form.add(disposition: #"name="map""#, Array((line.takesFile ? #"{"0": ["variables.file"]}"# : "{}").utf8))
            if line.takesFile {
                form.add(disposition: #"name="0"; filename="agreement.pdf""#, TestFile.pdf("agreement.pdf").bytes)
            }
            headers.append((name: "Content-Type", value: form.contentType))
            body = form.bytes
        }
        return GraphQLAnswer(try await server.client.send(.post, "/graphql", headers: headers, body: body))
    }
}
