import NIOCore
import NIOPosix

/// A connection to a server on the loopback address that sends and receives bytes as they are.
struct WireClient {
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let channel: any Channel
    private var buffer: [UInt8] = []

    /// Lends a connection, which is closed afterwards. The system may keep `receiveBuffer` bytes for it until they are
    /// read.
    static func connected<Outcome>(
        to port: Int,
        receiveBuffer: ChannelOptions.Types.SocketOption.Value? = nil,
        _ body: (inout WireClient) async throws -> sending Outcome
    ) async throws -> sending Outcome {
        var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
        if let receiveBuffer {
            bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: receiveBuffer)
        }
        let connection = try await bootstrap.connect(host: "127.0.0.1", port: port) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                    wrappingChannelSynchronously: channel,
                    configuration: .init(isOutboundHalfClosureEnabled: true)
                )
            }
        }
        return try await connection.executeThenClose { inbound, outbound in
            var client = WireClient(
                outbound: outbound, inbound: inbound.makeAsyncIterator(), channel: connection.channel)
            return try await body(&client)
        }
    }

    /// Sends text.
    func send(_ text: String) async throws {
        try await send(Array(text.utf8))
    }

    /// Sends bytes.
    func send(_ bytes: [UInt8]) async throws {
        try await outbound.write(ByteBuffer(bytes: bytes))
    }

    /// Sends a piece of zeros over and over, for as long as the server takes them and nobody cancels it.
    func keepSending(zeros count: Int, every pause: Duration = .zero) -> Task<Void, any Error> {
        Task { [outbound] in
            let zeros = ByteBuffer(repeating: 0, count: count)
            while true {
                try await outbound.write(zeros)
                if pause > .zero { try await Task.sleep(for: pause) }
            }
        }
    }

    /// Says that no more will be sent.
    func finishSending() {
        outbound.finish()
    }

    /// Breaks the connection off.
    func abort() async throws {
        try await channel.close()
    }

    /// Reads what comes next, however much it is, and returns how many bytes have come and not been returned.
    mutating func receiveSome() async throws -> Int {
        guard try await receive() else { throw closed }
        return buffer.count
    }

    /// Reads the next response, which must declare its length, even if it has no body.
    mutating func response(hasBody: Bool = true) async throws -> WireResponse {
        let headEnd = Array("\r\n\r\n".utf8)
        var end: Int?
        while end == nil {
            end = buffer.firstRange(of: headEnd)?.lowerBound
            if end == nil, !(try await receive()) { throw closed }
        }
        let headCount = end ?? 0
        var response = WireResponse(head: String(decoding: buffer[..<headCount], as: UTF8.self))
        let length = hasBody ? response.headers["content-length"].flatMap(Int.init) ?? 0 : 0
        while buffer.count < headCount + 4 + length {
            guard try await receive() else { throw closed }
        }
        response.body = String(decoding: buffer[(headCount + 4)..<(headCount + 4 + length)], as: UTF8.self)
        buffer.removeFirst(headCount + 4 + length)
        return response
    }

    /// Whether the server closes the connection without sending anything more.
    mutating func isClosed() async -> Bool {
        let isOpen = try? await receive()
        return isOpen != true && buffer.isEmpty
    }

    private var closed: WireError { .closed(String(decoding: buffer.prefix(1_000), as: UTF8.self)) }

    private mutating func receive() async throws -> Bool {
        guard let chunk = try await inbound.next(isolation: #isolation) else { return false }
        buffer += chunk.readableBytesView
        return true
    }
}

/// The connection ended before the response did; carries what had come, or the beginning of it.
enum WireError: Error {
    case closed(String)
}

/// An HTTP response as it came over the wire.
struct WireResponse: Sendable {
    let status: Int
    /// Names in lower case.
    let headers: [String: String]
    var body = ""

    init(head: String) {
        let lines = head.split(separator: "\r\n")
        status = lines.first.flatMap { Int($0.split(separator: " ")[1]) } ?? 0
        headers = Dictionary(
            lines.dropFirst().map { line in
                let name = line.prefix { $0 != ":" }
                return (name.lowercased(), String(line.dropFirst(name.count + 1).drop { $0 == " " }))
            },
            uniquingKeysWith: { "\($0), \($1)" }
        )
    }
}

/// Sends one request over a connection of its own and returns the response.
func request(
    _ port: Int,
    _ method: String,
    _ target: String = "/graphql",
    _ headers: [String: String] = [:],
    body: String? = nil
) async throws -> WireResponse {
    try await WireClient.connected(to: port) { client in
        var head = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\n"
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) { head += "\(name): \(value)\r\n" }
        if let body { head += "Content-Length: \(body.utf8.count)\r\n" }
        try await client.send(head + "\r\n" + (body ?? ""))
        return try await client.response()
    }
}
