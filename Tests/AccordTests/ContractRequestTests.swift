import Curl
import Foundation
import TestSupport
import Testing

/// The three requests that clients have sent since the days of the Python stack, word for word.
@Suite(.serialized, .server(storage: .directory), .timeLimit(.minutes(3)))
struct ContractRequestTests {
    private static let upload = """
        mutation UploadAgreement($file: Upload!) {
          uploadAgreement(connectedOrgId: "9133da7c-3b98-4673-91dc-0dc58cc8740c", file: $file) {
            id fileName fileSize presignedUrl createdAt
          }
        }
        """
    private static let deletion =
        #"mutation DeleteAgreement { deleteAgreement(connectedOrgId: "9133da7c-3b98-4673-91dc-0dc58cc8740c") }"#
    private static let connections =
        "query GetConnections { connections { id connectionStatus agreement { id fileName presignedUrl } } }"

    @Test func `the three requests work`() async throws {
        let server = try TestServer.current
        let keystone = "9133da7c-3b98-4673-91dc-0dc58cc8740c"
        let file = TestFile.pdf("Keystone.pdf")
        struct Operation: Encodable {
            let query: String
            let variables: [String: String?]
        }
        let operations = try JSONEncoder().encode(Operation(query: Self.upload, variables: ["file": nil]))
        let body = MultipartBody.upload(
            operations: String(decoding: operations, as: UTF8.self), fileName: #"filename="Keystone.pdf""#, file.bytes)

        let uploaded = try await server.client.post(
            body: body.bytes, contentType: body.contentType, token: server.token())
        struct Upload: Decodable {
            struct Agreement: Decodable {
                let id: String
                let fileName: String
                let fileSize: Int
                let presignedUrl: String
                let createdAt: String
            }
            let uploadAgreement: Agreement
        }
        let agreement = try uploaded.data(Upload.self).uploadAgreement
        // The whole response, its members in the order they were asked for.
        #expect(
            uploaded.text == """
                {"data":{"uploadAgreement":{"id":"\(agreement.id)","fileName":"Keystone.pdf","fileSize":2000,\
                "presignedUrl":"\(agreement.presignedUrl)","createdAt":"\(agreement.createdAt)"}}}
                """)

        let shown = try await server.client.graphQL(Self.connections, token: server.token())
        struct Connections: Decodable {
            struct Connection: Decodable {
                struct Agreement: Decodable {
                    let id: String
                    let fileName: String
                    let presignedUrl: String
                }
                let id: String
                let connectionStatus: String
                let agreement: Agreement?
            }
            let connections: [Connection]
        }
        let connections = try shown.data(Connections.self).connections
        #expect(connections.count == 7)
        let found = connections.first { $0.id == keystone }
        #expect(found?.connectionStatus == "ACCEPTED")
        #expect(found?.agreement?.id == agreement.id)
        #expect(try await server.client.get(found?.agreement?.presignedUrl ?? "").body == file.bytes)

        let deleted = try await server.client.graphQL(Self.deletion, token: server.token())
        #expect(deleted.text == #"{"data":{"deleteAgreement":true}}"#)
        #expect(try await server.contents() == .nothing)
    }
}
