import Curl
import Foundation
import TestSupport
import Testing

/// Names as hostile or odd clients send them: stored under a safe one, in the right place, and downloaded under it.
enum FileNameTests {
    struct Name: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// The parameters of `Content-Disposition`, as they go over the wire.
        let sent: String
        let safe: String

        init(_ description: String, _ sent: String, _ safe: String) {
            testDescription = description
            self.sent = sent
            self.safe = safe
        }
    }

    static let names = [
        Name("a path", #"filename="../../x.pdf""#, "x.pdf"),
        Name("an absolute path", #"filename="/etc/cron.d/x.pdf""#, "x.pdf"),
        Name("a path of Windows", #"filename="C:\Users\me\x.pdf""#, "x.pdf"),
        Name("escaped backslashes", #"filename="..\\..\\x.pdf""#, "x.pdf"),
        Name("only dots", #"filename="..""#, "agreement.pdf"),
        Name("nothing", #"filename="""#, "upload"),
        Name("the store's own folder", #"filename=".incoming""#, ".incoming"),
        Name(
            "300 characters", "filename=\"\(String(repeating: "n", count: 296)).pdf\"",
            String(repeating: "n", count: 251) + ".pdf"),
        Name("control characters", "filename=\"a\u{0}b\u{7}c\u{1B}[31m\u{7F}.pdf\"", "abc[31m.pdf"),
        Name("a line end, as browsers encode it", #"filename="a%0D%0ASet-Cookie: x=1.pdf""#, "aSet-Cookie: x=1.pdf"),
        Name("a quotation mark, as browsers encode it", #"filename="a%22b.pdf""#, "a\"b.pdf"),
        Name("a direction mark", "filename=\"a\u{202E}fdp.exe\"", "afdp.exe"),
        Name("emoji", #"filename="📄 contract 👩🏽‍⚖️ ✅.pdf""#, "📄 contract 👩🏽‍⚖️ ✅.pdf"),
        Name("a decomposed letter", "filename=\"Mu\u{308}ller.pdf\"", "M\u{FC}ller.pdf"),
        Name("URL syntax", #"filename="50% & <b>?a=1#x+y.pdf""#, "50% & <b>?a=1#x+y.pdf"),
        Name("RFC 8187", "filename=\"x.pdf\"; filename*=UTF-8''na%C3%AFve%20plan.pdf", "naïve plan.pdf"),
        Name("RFC 8187 with a path", "filename*=UTF-8''..%2F..%2Fetc%2Fpasswd", "passwd"),
        Name("RFC 8187 with a zero byte", "filename*=UTF-8''a%00b.pdf", "ab.pdf"),
        Name(
            "RFC 2231", "filename*0*=UTF-8''na%C3%AF; filename*1*=ve%20; filename*2=\"plan.pdf\"", "naïve plan.pdf"),
        Name("RFC 2231 with a path in pieces", "filename*0=\"../..\"; filename*1=\"/x.pdf\"", "x.pdf"),
        Name("no name", "x=y", "upload"),
    ]

    @Suite(.sharedServer(storage: .directory), .timeLimit(.minutes(3)))
    struct InADirectory {
        @Test(arguments: names)
        func `is stored and downloaded under the safe name`(_ name: Name) async throws {
            try await check(name, TestServer.current)
        }

        /// 300 characters of four bytes fit neither a key nor a file system's name; the row has room for 255 of them.
        @Test func `300 emoji are downloaded as 255`() async throws {
            let server = try TestServer.current
            let other = try await server.newConnection()
            let file = TestFile.pdf(String(repeating: "📄", count: 296) + ".pdf")
            let safe = String(repeating: "📄", count: 251) + ".pdf"
            let agreement = try await server.upload(file, to: other, token: server.token()).uploaded
            #expect(agreement.fileName == safe)
            let row = try await server.contents().with(other).rows.first
            #expect(row?.fileName == safe)
            #expect(row.map { (1...1_024).contains($0.key.utf8.count) } == true)
            let download = try await server.client.get(agreement.presignedUrl)
            #expect(download.body == file.bytes)
            #expect(download.header("Content-Disposition") == expectedDisposition(safe))
        }
    }

    @Suite(
        .sharedServer(storage: .s3), .enabled(if: S3Server.isInstalled, "\(S3Server.missing)"),
        .timeLimit(.minutes(3)))
    struct InABucket {
        @Test(arguments: names)
        func `is stored and downloaded under the safe name`(_ name: Name) async throws {
            try await check(name, TestServer.current)
        }
    }

    private static func check(_ name: Name, _ server: TestServer) async throws {
        let other = try await server.newConnection()
        let bytes = TestFile.pdf("").bytes
        let answer = try await server.upload(bytes, fileName: name.sent, to: other, token: server.token())
        #expect(answer.errors.isEmpty, "\(answer.text)")
        let agreement = try answer.uploaded
        #expect(Array(agreement.fileName.utf8) == Array(name.safe.utf8))
        let row = server.row(bytes, name.safe, with: other)
        #expect(try await server.contents().with(other) == TestServer.Contents(row))

        let download = try await server.client.get(agreement.presignedUrl)
        #expect(download.status == 200)
        #expect(download.body == bytes)
        #expect(download.header("Content-Disposition") == expectedDisposition(name.safe))
        #expect(try await server.delete(other, token: server.token()).errors.isEmpty)
        #expect(try await server.contents().with(other) == .nothing)
    }

    /// RFC 6266: the name in ASCII for those who read nothing else, then as it is.
    private static func expectedDisposition(_ name: String) -> String {
        let unreserved = CharacterSet(
            charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
        let plain = name.map { $0.isASCII && !#""\%"#.contains($0) ? String($0) : "_" }.joined()
        let encoded = name.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(encoded)"
    }
}
