import Crypto
import Foundation
import Testing

@testable import GraphQLHTTP

/// Through a real socket: multipart requests, whole, cut off, refused and hostile.
@Suite(.timeLimit(.minutes(5)))
struct UploadTests {
    private static let uploadOperation =
        #"{"query":"mutation ($file: Upload!) { upload(file: $file) }","variables":{"file":null}}"#
    private static let ignoreOperation =
        #"{"query":"mutation ($file: Upload) { ignore(file: $file) }","variables":{"file":null}}"#
    private static let fileMap = #"{"0":["variables.file"]}"#

    private static func part(_ name: String, _ content: String, fileName: String? = nil) -> String {
        let file = fileName.map { "; filename=\"\($0)\"\r\nContent-Type: application/pdf" } ?? ""
        return "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\(file)\r\n\r\n\(content)\r\n"
    }

    private static func head(_ length: String, token: String = "member") -> String {
        "POST /graphql HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer \(token)\r\nX-Request-ID: r1\r\n"
            + "Content-Type: multipart/form-data; boundary=b\r\n\(length)\r\n\r\n"
    }

    private static func describe(
        _ content: String, _ name: String = "a.pdf", _ type: String = "application/pdf"
    ) -> String {
        let digest = SHA256.hash(data: Array(content.utf8)).prefix(4)
        let hash = digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        return "\(name) \(type) \(content.utf8.count) \(hash)"
    }

    private func upload(_ port: Int, _ body: String) async throws -> WireResponse {
        try await WireClient.connected(to: port) { client in
            try await client.send(Self.head("Content-Length: \(body.utf8.count)") + body)
            return try await client.response()
        }
    }

    private func errors(_ message: String, _ code: String = "BAD_USER_INPUT") -> String {
        #"{"errors":[{"message":"\#(message.replacing("\"", with: "\\\""))","extensions":{"code":"\#(code)","requestId":"r1"}}]}"#
    }

    @Test(arguments: [0, 1, 131_072, 131_073, 1_000_000])
    func `a file arrives as it was sent`(_ size: Int) async throws {
        try await withServer { port in
            let content = String((0..<size).map { Character(Unicode.Scalar(UInt8(32 + ($0 &* 7) % 90))) })
            let body =
                Self.part("operations", Self.uploadOperation) + Self.part("map", Self.fileMap)
                + Self.part("0", content, fileName: "a.pdf") + "--b--\r\n"
            let response = try await upload(port, body)
            #expect(response.status == 200)
            #expect(response.body == #"{"data":{"upload":"\#(Self.describe(content))"}}"#)
            #expect(response.headers["connection"] == nil)
        }
    }

    @Test func `a file is given back when its request has been answered`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "accord-uploads-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var configuration = GraphQLHTTPConfiguration()
        configuration.temporaryDirectory = folder
        try await withServer(configuration) { port in
            let body =
                Self.part("operations", Self.uploadOperation) + Self.part("map", Self.fileMap)
                + Self.part("0", String(repeating: "x", count: 200_000), fileName: "a.pdf") + "--b--\r\n"
            for _ in 1...3 { #expect(try await upload(port, body).status == 200) }
            // Closing is left to a thread that may block.
            for _ in 1...200 where openFiles(in: folder) > 0 { try await Task.sleep(for: .milliseconds(50)) }
            #expect(openFiles(in: folder) == 0)
        }
    }

    /// How many files of a folder this process has open, those included that have no name any more.
    private func openFiles(in folder: String) -> Int {
        let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return descriptors.count { descriptor in
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)"))?
                .hasPrefix(folder) == true
        }
    }

    @Test func `two files are there in any order of use, and one file at two paths`() async throws {
        try await withServer { port in
            let operation =
                #"{"query":"mutation ($a: Upload!, $b: Upload!) { both(a: $a, b: $b) }","variables":{"a":null,"b":null}}"#
            let two =
                Self.part("operations", operation) + Self.part("map", #"{"x":["variables.a"],"y":["variables.b"]}"#)
                + Self.part("x", "first", fileName: "x.pdf") + Self.part("unknown", "?", fileName: "z.pdf")
                + Self.part("y", "second", fileName: "y.pdf") + "--b--"
            let first = Self.describe("first", "x.pdf")
            let both = try await upload(port, two)
            #expect(
                both.body
                    == #"{"data":{"both":"\#(first), \#(Self.describe("second", "y.pdf"))"}}"#)
            let one =
                Self.part("operations", operation) + Self.part("map", #"{"x":["variables.a","variables.b"]}"#)
                + Self.part("x", "first", fileName: "x.pdf") + "--b--"
            let same = try await upload(port, one)
            #expect(same.body == #"{"data":{"both":"\#(first), \#(first)"}}"#)
        }
    }

    @Test func `a list of files`() async throws {
        try await withServer { port in
            let operation =
                #"{"query":"mutation ($files: [Upload!]!) { list(files: $files) }","variables":{"files":[null,null]}}"#
            let body =
                Self.part("operations", operation)
                + Self.part("map", #"{"0":["variables.files.0"],"1":["variables.files.1"]}"#)
                + Self.part("0", "first", fileName: "a.pdf") + Self.part("1", "second") + "--b--"
            let response = try await upload(port, body)
            #expect(
                response.body
                    == #"{"data":{"list":["\#(Self.describe("first"))","\#(Self.describe("second", "upload", "-"))"]}}"#
            )
        }
    }

    @Test(arguments: [
        ("--b--", "operations"),
        (part("map", fileMap) + part("operations", uploadOperation) + "--b--", "operations"),
        (part("0", "x", fileName: "a.pdf") + "--b--", "operations"),
        (part("operations", uploadOperation) + part("0", "x", fileName: "a.pdf") + "--b--", "map"),
        (part("operations", uploadOperation) + "--b--", "map"),
    ])
    func `fields that are missing or misplaced are refused`(_ body: String, _ field: String) async throws {
        try await withServer { port in
            let response = try await upload(port, body)
            #expect(response.status == 400)
            #expect(
                response.body
                    == errors(
                        "A multipart request has the field \"operations\" first, then \"map\", then the files; "
                            + "the field \"\(field)\" is missing or misplaced."))
        }
    }

    @Test(arguments: [
        (
            part("operations", "{") + "--b--",
            "The field \"operations\" is not valid JSON: Expected a member's name, but the text ends at byte 1."
        ),
        (
            part("operations", uploadOperation) + part("map", "]") + "--b--",
            "The field \"map\" is not valid JSON: Expected a value at byte 0."
        ),
        (part("operations", "[]") + part("map", fileMap) + "--b--", "Batches of operations are not accepted."),
        (part("operations", "{}") + part("map", "{}") + "--b--", "The parameter \"query\" is missing."),
        (
            "--b\nContent-Disposition: form-data; name=\"operations\"\n\n{}\n--b--",
            "A boundary in the multipart body is not followed by a line end (CR LF)."
        ),
        ("", "The request body ends before it is complete."),
        ("--other--", "The request body ends before it is complete."),
        (part("operations", uploadOperation) + "--b", "The request body ends before it is complete."),
    ])
    func `malformed bodies are refused`(_ body: String, _ message: String) async throws {
        try await withServer { port in
            let response = try await upload(port, body)
            #expect(response.status == 400)
            #expect(response.body == errors(message))
        }
    }

    @Test func `a file that does not come is reported to its resolver`() async throws {
        try await withServer { port in
            let fields = Self.part("operations", Self.uploadOperation) + Self.part("map", Self.fileMap)
            let missing = try await upload(port, fields + "--b--")
            #expect(missing.body == #"{"data":{"upload":"missing"}}"#)
            let cutOff = try await upload(port, fields + Self.part("0", "abc", fileName: "a.pdf"))
            #expect(cutOff.body == #"{"data":{"upload":"interrupted"}}"#)
        }
    }

    @Test(arguments: ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"ä\""])
    func `a boundary is needed`(_ contentType: String) async throws {
        try await withServer { port in
            let headers = ["Content-Type": contentType, "Authorization": "Bearer member", "X-Request-ID": "r1"]
            let response = try await request(port, "POST", "/graphql", headers, body: "--b--")
            #expect(response.status == 400)
            #expect(response.body == errors("The request's Content-Type names no valid boundary."))
        }
    }

    @Test(arguments: [("viewer", 403), ("stolen", 401)])
    func `a caller who may not upload is refused before the body is read`(_ token: String, _ status: Int) async throws {
        try await withServer { port in
            try await WireClient.connected(to: port) { client in
                try await client.send(Self.head("Content-Length: 10000000", token: token))
                let response = try await client.response()
                #expect(response.status == status)
                #expect(response.headers["connection"] == "close")
                #expect(await client.isClosed())
            }
        }
    }

    @Test func `a form that another site could send is refused`() async throws {
        try await withServer { port in
            let headers = ["Content-Type": "multipart/form-data; boundary=b", "X-Request-ID": "r1"]
            let response = try await request(port, "POST", "/graphql", headers, body: "--b--")
            #expect(response.status == 400)
            #expect(response.body.contains("PREFLIGHT_REQUIRED"))
        }
    }

    private static let smallLimit = {
        var configuration = GraphQLHTTPConfiguration()
        configuration.maximumFileBytes = 100_000
        return configuration
    }()

    @Test func `a body that can only hold a larger file is refused at once`() async throws {
        let limit = Self.smallLimit.maximumMultipartBytes(files: 10)
        try await withServer(Self.smallLimit) { port in
            try await WireClient.connected(to: port) { client in
                try await client.send(Self.head("Content-Length: \(limit + 1)"))
                let response = try await client.response()
                #expect(response.status == 413)
                #expect(response.body == errors("The file is larger than 100000 bytes.", "FILE_TOO_LARGE"))
                #expect(await client.isClosed())
            }
        }
    }

    @Test(arguments: [true, false])
    func `each of several files may be as large as one`(_ isDeclared: Bool) async throws {
        let operation =
            #"{"query":"mutation ($a: Upload!, $b: Upload!) { both(a: $a, b: $b) }","variables":{"a":null,"b":null}}"#
        let content = String(repeating: "x", count: 600_000)
        let body =
            Self.part("operations", operation) + Self.part("map", #"{"x":["variables.a"],"y":["variables.b"]}"#)
            + Self.part("x", content, fileName: "a.pdf") + Self.part("y", content, fileName: "a.pdf") + "--b--"
        var configuration = GraphQLHTTPConfiguration()
        configuration.maximumFileBytes = 600_000
        try await withServer(configuration) { port in
            try await WireClient.connected(to: port) { client in
                if isDeclared {
                    try await client.send(Self.head("Content-Length: \(body.utf8.count)") + body)
                } else {
                    try await client.send(Self.head("Transfer-Encoding: chunked"))
                    try await client.send("\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n")
                }
                let response = try await client.response()
                #expect(response.status == 200)
                let file = Self.describe(content)
                #expect(response.body == #"{"data":{"both":"\#(file), \#(file)"}}"#)
            }
        }
    }

    @Test(arguments: [1, 2], [(-1, 200), (0, 200), (1, 413)])
    func `a body longer than the files of its map can be is refused when the map is there`(
        _ files: Int, _ outcome: (excess: Int, status: Int)
    ) async throws {
        let length = Self.smallLimit.maximumMultipartBytes(files: files) + outcome.excess
        let entries = (0..<files).map { #""\#($0)":["variables.f\#($0)"]"# }.joined(separator: ",")
        let operation = #"{"query":"mutation { ignore(file: null) }","variables":{"f0":null,"f1":null}}"#
        let fields = Self.part("operations", operation) + Self.part("map", "{\(entries)}") + "--b"
        try await withServer(Self.smallLimit) { port in
            try await WireClient.connected(to: port) { client in
                try await client.send(Self.head("Content-Length: \(length)") + fields)
                let response = try await client.response()
                #expect(response.status == outcome.status)
                #expect(
                    response.body
                        == (outcome.status == 200
                            ? #"{"data":{"ignore":true}}"#
                            : errors("The file is larger than 100000 bytes.", "FILE_TOO_LARGE")))
            }
        }
    }

    @Test(arguments: [(99_999, 200), (100_000, 200), (100_001, 413)])
    func `a file is refused one byte above the limit, with the executed response`(
        _ size: Int, _ status: Int
    ) async throws {
        try await withServer(Self.smallLimit) { port in
            let content = String(repeating: "x", count: size)
            let body =
                Self.part("operations", Self.uploadOperation) + Self.part("map", Self.fileMap)
                + Self.part("0", content, fileName: "a.pdf") + "--b--"
            let outcome = status == 413 ? "tooLarge(limit: 100000)" : Self.describe(content)
            let declared = try await upload(port, body)
            #expect(declared.status == status)
            #expect(declared.body == #"{"data":{"upload":"\#(outcome)"}}"#)
            let chunked = try await WireClient.connected(to: port) { client in
                try await client.send(Self.head("Transfer-Encoding: chunked"))
                try await client.send("\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n")
                return try await client.response()
            }
            #expect(chunked.status == status)
            #expect(chunked.body == declared.body)
        }
    }

    @Test func `a chunked body without end is cut at the limit`() async throws {
        try await withServer(Self.smallLimit) { port in
            try await WireClient.connected(to: port) { client in
                try await client.send(Self.head("Transfer-Encoding: chunked"))
                let start =
                    Self.part("operations", Self.uploadOperation) + Self.part("map", Self.fileMap)
                    + Self.part("unknown", "", fileName: "a.pdf").dropLast()
                try await client.send("\(String(start.utf8.count, radix: 16))\r\n\(start)\r\n")
                let chunk = "8000\r\n" + String(repeating: "x", count: 0x8000) + "\r\n"
                for _ in 0..<40 { try? await client.send(chunk) }
                let response = try await client.response()
                #expect(response.status == 413)
                #expect(response.body == #"{"data":{"upload":"tooLarge(limit: 100000)"}}"#)
            }
        }
    }

    @Test(arguments: [nil, 3], [-1, 0, 1])
    func `a body may have as many parts as configured`(_ maximum: Int?, _ excess: Int) async throws {
        var configuration = GraphQLHTTPConfiguration()
        configuration.maximumParts = maximum
        try await withServer(configuration) { port in
            let others = (maximum ?? 26) + excess - 2
            let body =
                Self.part("operations", Self.uploadOperation) + Self.part("map", Self.fileMap)
                + String(repeating: Self.part("9", "x"), count: others) + "--b--"
            let response = try await upload(port, body)
            #expect(response.status == 200)
            let problem =
                excess > 0
                ? #"malformed(\"The multipart body has more than \#(maximum ?? 26) parts.\")"# : "missing"
            #expect(response.body == #"{"data":{"upload":"\#(problem)"}}"#)
        }
    }

    @Test(arguments: [(-1, 200), (0, 200), (1, 413)])
    func `a field is refused one byte above the limit`(_ excess: Int, _ status: Int) async throws {
        try await withServer { port in
            let limit = GraphQLHTTPConfiguration().maximumFieldBytes
            let padding = String(repeating: " ", count: limit + excess - Self.ignoreOperation.utf8.count)
            let body =
                Self.part("operations", Self.ignoreOperation + padding) + Self.part("map", "{}") + "--b--"
            let response = try await upload(port, body)
            #expect(response.status == status)
            if excess > 0 {
                #expect(
                    response.body
                        == errors("The field \"operations\" is larger than 131072 bytes.", "REQUEST_TOO_LARGE"))
            }
        }
    }

    @Test func `the resolver starts before the file has come`() async throws {
        let events = TestEvents()
        try await withServer(events: events) { port in
            try await WireClient.connected(to: port) { client in
                let start =
                    Self.part("operations", Self.uploadOperation) + Self.part("map", Self.fileMap)
                    + Self.part("0", "abc", fileName: "a.pdf").dropLast()
                try await client.send(Self.head("Content-Length: \(start.utf8.count + 7)") + start)
                while events.all != ["started"] { try await Task.sleep(for: .milliseconds(1)) }
                try await client.send("\r\n--b--")
                let response = try await client.response()
                #expect(response.body == #"{"data":{"upload":"\#(Self.describe("abc"))"}}"#)
            }
        }
    }

    @Test func `an upload that nobody waits for ends early, and its answer arrives`() async throws {
        try await withServer { port in
            try await WireClient.connected(to: port) { client in
                let start =
                    Self.part("operations", Self.ignoreOperation) + Self.part("map", Self.fileMap)
                    + Self.part("0", "abc", fileName: "a.pdf").dropLast()
                // As much as a file may be, of which only the beginning is sent.
                try await client.send(Self.head("Content-Length: \(50 << 20)") + start)
                let response = try await client.response()
                #expect(response.status == 200)
                #expect(response.body == #"{"data":{"ignore":true}}"#)
                #expect(response.headers["connection"] == "close")
                #expect(await client.isClosed())
            }
        }
    }

    @Test func `a small rest that nobody waits for is read, and the connection goes on`() async throws {
        try await withServer { port in
            try await WireClient.connected(to: port) { client in
                let body =
                    Self.part("operations", Self.ignoreOperation) + Self.part("map", Self.fileMap)
                    + Self.part("0", String(repeating: "x", count: 3_000_000), fileName: "a.pdf") + "--b--"
                for _ in 0..<2 {
                    try await client.send(Self.head("Content-Length: \(body.utf8.count)") + body)
                    #expect(try await client.response().body == #"{"data":{"ignore":true}}"#)
                }
            }
        }
    }

    @Test func `a client that goes away interrupts its upload`() async throws {
        let events = TestEvents()
        try await withServer(events: events) { port in
            try await WireClient.connected(to: port) { client in
                let start =
                    Self.part("operations", Self.uploadOperation) + Self.part("map", Self.fileMap)
                    + Self.part("0", String(repeating: "x", count: 500_000), fileName: "a.pdf").dropLast()
                try await client.send(Self.head("Content-Length: 1000000") + start)
                while events.all != ["started"] { try await Task.sleep(for: .milliseconds(1)) }
            }
            while events.all.count < 2 { try await Task.sleep(for: .milliseconds(1)) }
            #expect(events.all == ["started", "interrupted"])
        }
    }

    @Test func `requests that are broken off at any byte leave the server well`() async throws {
        try await withServer { port in
            let body =
                Self.part("operations", Self.uploadOperation) + Self.part("map", Self.fileMap)
                + Self.part("0", "abc", fileName: "a.pdf") + "--b--"
            let whole = Array((Self.head("Content-Length: \(body.utf8.count)") + body).utf8)
            for count in 0..<whole.count {
                try await WireClient.connected(to: port) { client in
                    try await client.send(Array(whole[..<count]))
                }
            }
            let response = try await upload(port, body)
            #expect(response.body == #"{"data":{"upload":"\#(Self.describe("abc"))"}}"#)
        }
    }

    @Test(arguments: [1, 7, 1000])
    func `a body sent in small pieces arrives whole`(_ count: Int) async throws {
        try await withServer { port in
            let content = "\r\n--c\r\n-é\r\n--"
            let body = Array(
                (Self.part("operations", Self.uploadOperation) + Self.part("map", Self.fileMap)
                    + Self.part("0", content, fileName: "a.pdf") + "--b--").utf8)
            try await WireClient.connected(to: port) { client in
                try await client.send(Self.head("Content-Length: \(body.count)"))
                for start in stride(from: 0, to: body.count, by: count) {
                    try await client.send(Array(body[start..<min(start + count, body.count)]))
                }
                let response = try await client.response()
                #expect(response.body == #"{"data":{"upload":"\#(Self.describe(content))"}}"#)
            }
        }
    }
}
