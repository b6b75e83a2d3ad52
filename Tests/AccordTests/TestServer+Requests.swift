import AccordCore
import AccordDevelopment
import Curl
import Foundation
import TestSupport

/// An `AgreementResponse` with all its fields.
struct AgreementAnswer: Decodable, Hashable {
    var id: String
    var connectedOrgId: String
    var fileName: String
    var fileSize: Int
    var presignedUrl: String
    var createdAt: String
}

/// An `OrganizationLiteResponse` with all its fields.
struct ConnectionAnswer: Decodable, Hashable {
    var id: String
    var name: String
    var connectionStatus: String
    var agreement: AgreementAnswer?
}

extension TestServer {
    static let agreementFields = "id connectedOrgId fileName fileSize presignedUrl createdAt"

    /// The operation of an upload, as the JSON of `operations`.
    static func uploadOperations(_ organization: String) -> String {
        """
        {"query": "mutation($id: ID!, $file: Upload!) { uploadAgreement(connectedOrgId: $id, file: $file) \
        { \(agreementFields) } }", "variables": {"id": "\(organization)", "file": null}}
        """
    }

    /// Uploads a file under its suggested name.
    func upload(_ file: TestFile, to organization: String, token: String?) async throws -> GraphQLAnswer {
        try await upload(file.bytes, fileName: #"filename="\#(file.suggestedName)""#, to: organization, token: token)
    }

    /// Uploads bytes; `fileName` are the parameters of the part's `Content-Disposition` that name the file.
    func upload(
        _ bytes: [UInt8], fileName: String, to organization: String, token: String?
    ) async throws -> GraphQLAnswer {
        let body = MultipartBody.upload(
            operations: Self.uploadOperations(organization), fileName: fileName, bytes)
        return try await client.post(body: body.bytes, contentType: body.contentType, token: token)
    }

    func delete(_ organization: String, token: String?) async throws -> GraphQLAnswer {
        try await client.graphQL(
            "mutation($id: ID!) { deleteAgreement(connectedOrgId: $id) }", variables: ["id": organization],
            token: token)
    }

    /// All connections of the token's organization, whole.
    func connections(token: String) async throws -> [ConnectionAnswer] {
        struct Data: Decodable {
            let connections: [ConnectionAnswer]
        }
        let answer = try await client.graphQL(
            "{ connections { id name connectionStatus agreement { \(Self.agreementFields) } } }", token: token)
        return try answer.data(Data.self).connections
    }

    /// The agreement with an organization, as `connections` shows it.
    func agreement(with organization: String, token: String) async throws -> AgreementAnswer? {
        try await connections(token: token).first { $0.id == organization }?.agreement
    }

    // MARK: - The scenery

    /// The id of an organization of the demo.
    func organization(_ name: String) throws -> String {
        guard let organization = tenants.data.organizations.first(where: { $0.name == name }) else {
            throw NoSuchOrganization(name: name)
        }
        return organization.id.uuidString.lowercased()
    }

    /// A new organization that the first tenant has an accepted connection with, for tests that share a server.
    func newConnection() async throws -> String {
        let other = UUID().uuidString.lowercased()
        try await tenants.central.execute(
            """
            INSERT INTO subscription.orgs VALUES ('\(other)', 'Other', 'distributor');
            INSERT INTO subscription.connections (id, requester_org_id, target_org_id, status)
                VALUES (gen_random_uuid(), '\(other)', '\(tenants.first.customer.organization.id)', 'active');
            """)
        return other
    }

    /// The row of a file that a tenant's member, by default the first's, has uploaded.
    func row(
        _ bytes: [UInt8], _ fileName: String, with organization: String, of member: TestTenants.Member? = nil
    )
        -> Row
    {
        let customer = (member ?? tenants.first).customer
        return Row(
            tenant: customer.url,
            connectedOrgID: organization,
            key: "\(customer.url)/agreements/\(organization)/\(fileName)",
            fileName: fileName,
            fileSize: bytes.count,
            fileSHA: StoredFile(bytes: bytes).sha256,
            createdByID: customer.users.first { $0.role == "member" }?.id.description ?? "")
    }

    private struct NoSuchOrganization: Error {
        let name: String
    }
}

extension HTTPTestClient {
    /// The answer to a request once it is the expected one, or after a minute: what a busy machine keeps from answering
    /// in time is not ready for a moment.
    func settledAnswer(
        to path: String = "/health/ready", by method: CurlRequest.Method = .get, status: Int, body: String? = nil
    ) async throws -> CurlResponse {
        let end = ContinuousClock.now + .seconds(60)
        while true {
            let answer = try await send(method, path)
            let isExpected = answer.status == status && (body == nil || answer.body == body.map { Array($0.utf8) })
            if isExpected || ContinuousClock.now > end { return answer }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}

extension GraphQLAnswer {
    /// What `uploadAgreement` gave.
    var uploaded: AgreementAnswer {
        get throws {
            struct Data: Decodable {
                let uploadAgreement: AgreementAnswer
            }
            return try data(Data.self).uploadAgreement
        }
    }
}
