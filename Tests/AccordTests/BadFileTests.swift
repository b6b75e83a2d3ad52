import Curl
import TestSupport
import Testing

/// Uploads that must be refused, each with its code and without a trace.
@Suite(.sharedServer(storage: .directory), .timeLimit(.minutes(3)))
struct BadFileTests {
    private static let png: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + [UInt8](repeating: 0, count: 3_000)

    @Test(
        arguments: [
            ("an empty file", [], "BAD_USER_INPUT"),
            ("a PNG named .pdf", png, "UNSUPPORTED_FILE_TYPE"),
            ("a PDF's beginning without its end", Array("%PDF-1.7\n1 0 obj".utf8), "UNSUPPORTED_FILE_TYPE"),
            ("a PDF's end without its beginning", Array("x\n%%EOF\n".utf8), "UNSUPPORTED_FILE_TYPE"),
            (
                "a header behind the first 1,024 bytes",
                [UInt8](repeating: 0x20, count: 1_024) + Array("%PDF-1.7\n%%EOF\n".utf8), "UNSUPPORTED_FILE_TYPE"
            ),
        ] as [(String, [UInt8], String)])
    func `what is no PDF is refused`(_ what: String, _ bytes: [UInt8], _ code: String) async throws {
        let server = try TestServer.current
        let other = try await server.newConnection()
        let answer = try await server.upload(
            bytes, fileName: #"filename="agreement.pdf""#, to: other, token: server.token())
        #expect(answer.status == 200)
        #expect(answer.codes == [code])
        #expect(try await server.contents().with(other) == .nothing)
    }

    @Test func `a PDF is accepted whatever its name and its declared type`() async throws {
        let server = try TestServer.current
        let other = try await server.newConnection()
        let bytes = TestFile.pdf("").bytes
        let body = MultipartBody.upload(
            operations: TestServer.uploadOperations(other), fileName: #"filename="picture.png""#,
            contentType: "image/png", bytes)
        let answer = try await server.client.post(
            body: body.bytes, contentType: body.contentType, token: server.token())
        #expect(try answer.uploaded.fileName == "picture.png")
        let row = server.row(bytes, "picture.png", with: other)
        #expect(try await server.contents().with(other) == TestServer.Contents(row))
    }

    @Test(arguments: ["", "keystone", "9133da7c-3b98-4673-91dc-0dc58cc8740", "9133da7c3b98467391dc0dc58cc8740c"])
    func `a malformed UUID is refused`(_ id: String) async throws {
        let server = try TestServer.current
        let upload = try await server.upload(.pdf("agreement.pdf"), to: id, token: server.token())
        #expect(upload.status == 200)
        #expect(upload.codes == ["BAD_USER_INPUT"])
        #expect(try await server.delete(id, token: server.token()).codes == ["BAD_USER_INPUT"])
    }

    @Test func `an Upload that is no file of the request is refused`() async throws {
        let server = try TestServer.current
        let other = try await server.newConnection()
        let json = try await server.client.graphQL(
            "mutation($id: ID!, $file: Upload!) { uploadAgreement(connectedOrgId: $id, file: $file) { id } }",
            variables: ["id": other, "file": "agreement.pdf"], token: server.token())
        #expect(json.codes == ["BAD_USER_INPUT"])

        var body = MultipartBody()
        body.add(disposition: #"name="operations""#, Array(TestServer.uploadOperations(other).utf8))
        body.add(disposition: #"name="map""#, Array(#"{"0": ["variables.file"]}"#.utf8))
        let missing = try await server.client.post(
            body: body.bytes, contentType: body.contentType, token: server.token())
        #expect(missing.codes == ["BAD_USER_INPUT"])
        #expect(try await server.contents().with(other) == .nothing)
    }

    @Test(arguments: [0, 1_000, 1_500_000])
    func `a body that ends before its end is refused`(_ missing: Int) async throws {
        let server = try TestServer.current
        let other = try await server.newConnection()
        let file = TestFile.pdf("agreement.pdf", size: 2_000_000)
        let body = MultipartBody.upload(
            operations: TestServer.uploadOperations(other), fileName: #"filename="agreement.pdf""#, file.bytes)
        // HTTP has it whole; only multipart knows that there should be more.
        let answer = try await server.client.post(
            body: Array(body.bytesWithoutEnd.dropLast(missing)), contentType: body.contentType, token: server.token())
        #expect(answer.codes == ["BAD_USER_INPUT"])
        #expect(try await server.contents().with(other) == .nothing)
    }

    @Test func `an old agreement outlives every refused replacement`() async throws {
        let server = try TestServer.current
        let other = try await server.newConnection()
        let file = TestFile.pdf("agreement.pdf", seed: 9)
        let link = try await server.upload(file, to: other, token: server.token()).uploaded.presignedUrl
        for bytes in [[], Self.png] {
            let answer = try await server.upload(
                bytes, fileName: #"filename="agreement.pdf""#, to: other, token: server.token())
            #expect(answer.errors.count == 1)
        }
        let row = server.row(file.bytes, "agreement.pdf", with: other)
        #expect(try await server.contents().with(other) == TestServer.Contents(row))
        #expect(try await server.client.get(link).body == file.bytes)
    }
}
