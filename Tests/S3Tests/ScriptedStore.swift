import Crypto
import Curl
import S3
import Synchronization
import TestSupport

/// A store that answers each request as a test says, and remembers them: what no real one can be asked for.
final class ScriptedStore: Sendable {
    /// A request as it came.
    struct Request: Sendable {
        /// Method and path, without the version.
        let line: String
        let head: String
        let body: [UInt8]

        /// Whether the body is the one that was signed.
        var isBodySigned: Bool {
            head.contains("x-amz-content-sha256: \(SHA256.hash(data: body).hexadecimal)\r\n")
        }
    }

    enum Answer: Sendable {
        /// Status, further header lines each with its line end, and the body.
        case status(Int, headers: String = "", String = "")
        /// The channel is closed without a word.
        case reset
        /// Nothing, until the client goes.
        case silence
    }

    /// The requests so far.
    private final class Log: Sendable {
        let requests = Mutex<[Request]>([])

        /// Adds one, and says how many came before it.
        func add(_ request: Request) -> Int {
            requests.withLock { requests in
                requests.append(request)
                return requests.count - 1
            }
        }
    }

    private let log: Log
    private let server: ScriptedServer

    /// All requests so far.
    var requests: [Request] { log.requests.withLock { $0 } }
    /// Their first lines.
    var lines: [String] { requests.map(\.line) }

    /// Starts it; `answer` is given each request and how many came before it.
    init(_ answer: @escaping @Sendable (Request, Int) -> Answer) throws {
        let log = Log()
        self.log = log
        server = try ScriptedServer { channel in
            while let head = channel.readHead() {
                let length = head.firstMatch(of: #/(?i)content-length: ([0-9]+)/#).flatMap { Int($0.1) } ?? 0
                let body = channel.readBody(length)
                let line = head.prefix { $0 != "\r\n" }.split(separator: " ").prefix(2).joined(separator: " ")
                let request = Request(line: line, head: head, body: body)
                switch answer(request, log.add(request)) {
                case .reset: return
                case .silence: return channel.waitForEnd()
                case .status(let status, let headers, let text):
                    let isHead = line.hasPrefix("HEAD")
                    channel.write(
                        "HTTP/1.1 \(status) X\r\n\(headers)Content-Length: \(text.utf8.count)\r\n\r\n\(isHead ? "" : text)"
                    )
                }
            }
        }
    }

    /// A client whose total time, retries and circuit are the test's.
    func client(
        timeouts: CurlTimeouts = CurlTimeouts(total: .seconds(60)), state: StoreState = StoreState(),
        multipartThreshold: Int? = 16 << 20, change: (inout S3Configuration) -> Void = { _ in }
    ) throws -> S3Client {
        var configuration = try S3Configuration(
            endpoint: server.url, bucket: "b", region: "us-east-1",
            credentials: AWSCredentials(accessKeyID: "id", secretAccessKey: "secret"), timeouts: timeouts)
        configuration.multipartThreshold = multipartThreshold
        change(&configuration)
        return S3Client(configuration: configuration, http: CurlClient(), state: state)
    }
}

extension NewObject {
    /// An object in memory.
    init(_ bytes: [UInt8], at key: String, fileName: String? = nil) {
        self.init(
            key: key, length: bytes.count, sha256: SHA256.hash(data: bytes).hexadecimal,
            contentType: "application/pdf", fileName: fileName,
            slice: { range in Chunks([Array(bytes[range])]) })
    }
}
