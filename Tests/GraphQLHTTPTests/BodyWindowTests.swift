import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Synchronization
import Testing

@testable import GraphQLHTTP

/// How far ahead of those who take it a body is read.
@Suite(.timeLimit(.minutes(5)))
struct BodyWindowTests {
    /// Counts the reads that reach the connection.
    private final class ReadCounter: ChannelOutboundHandler {
        typealias OutboundIn = HTTPResponsePart
        var reads = 0

        func read(context: ChannelHandlerContext) {
            reads += 1
            context.read()
        }
    }

    private func channel(_ counter: ReadCounter) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(handlers: [counter, BodyWindowHandler()])
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        let head = HTTPRequest(method: .post, scheme: nil, authority: nil, path: "/")
        try channel.writeInbound(HTTPRequestPart.head(head))
        counter.reads = 0
        return channel
    }

    private func body(_ count: Int) -> HTTPRequestPart { .body(ByteBuffer(repeating: 0, count: count)) }

    @Test(arguments: [(-1, 1), (0, 0), (1, 0)])
    func `no more is asked for when the window is full`(_ excess: Int, _ reads: Int) throws {
        let counter = ReadCounter()
        let channel = try channel(counter)
        try channel.writeInbound(body(BodyWindow.unasked.size + excess))
        channel.read()
        #expect(counter.reads == reads)
    }

    @Test func `what is taken makes room, and what was asked for meanwhile is done`() throws {
        let counter = ReadCounter()
        let channel = try channel(counter)
        // The window grows with the first bytes that are taken.
        try channel.writeInbound(body(BodyWindow.taken.size + 10))
        channel.read()
        channel.triggerUserOutboundEvent(BodyTaken(bytes: 10, window: .taken), promise: nil)
        #expect(counter.reads == 0)
        channel.triggerUserOutboundEvent(BodyTaken(bytes: 1, window: .taken), promise: nil)
        #expect(counter.reads == 1)
        // Once only.
        channel.triggerUserOutboundEvent(BodyTaken(bytes: 1, window: .taken), promise: nil)
        #expect(counter.reads == 1)
    }

    @Test(arguments: [(nil, 1), ("close", 0)])
    func `a rest is read when the answer is out and the connection goes on`(_ connection: String?, _ reads: Int) throws
    {
        let counter = ReadCounter()
        let channel = try channel(counter)
        try channel.writeInbound(body(BodyWindow.unasked.size))
        channel.read()
        var headers: HTTPFields = [:]
        headers[.connection] = connection
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok, headerFields: headers)))
        #expect(counter.reads == 0)
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        #expect(counter.reads == reads)
    }

    @Test func `the end of a body frees the window for the next request`() throws {
        let counter = ReadCounter()
        let channel = try channel(counter)
        try channel.writeInbound(body(BodyWindow.unasked.size))
        try channel.writeInbound(HTTPRequestPart.end(nil))
        channel.read()
        #expect(counter.reads == 1)
    }

    private static let fields =
        part("operations", #"{"query":"mutation ($f: Upload) { refuse(file: $f) }","variables":{"f":null}}"#)
        + part("map", #"{"0":["variables.f"]}"#)
        + "--b\r\nContent-Disposition: form-data; name=\"0\"; filename=\"a.pdf\"\r\n\r\n"

    private static func part(_ name: String, _ content: String) -> String {
        "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(content)\r\n"
    }

    private static func head(_ length: String) -> String {
        "POST /graphql HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer member\r\n"
            + "Content-Type: multipart/form-data; boundary=b\r\n\(length)\r\n\r\n"
    }

    /// A gibibyte of which the resolver wants nothing, with its length and without.
    @Test(arguments: ["Content-Length: \(1 << 30)", "Transfer-Encoding: chunked"])
    func `an upload that is refused ends after at most 128 KiB, and its answer arrives`(_ length: String) async throws {
        var configuration = GraphQLHTTPConfiguration()
        configuration.maximumFileBytes = 2 << 30
        let (events, received) = (TestEvents(), BodyBytes())
        try await withServer(configuration, events: events, received: received) { port in
            try await WireClient.connected(to: port) { client in
                let isChunked = length.hasPrefix("Transfer")
                try await client.send(
                    Self.head(length) + (isChunked ? "\(String(1 << 30, radix: 16))\r\n" : "") + Self.fields)
                let sending = client.keepSending(zeros: 16 << 10)
                // The resolver has begun; while it hasn't said anything, no more than the window is read.
                while events.all.isEmpty || received.count < BodyWindow.unasked.size {
                    try await Task.sleep(for: .milliseconds(2))
                }
                try await Task.sleep(for: .milliseconds(200))
                events.note("go on")
                let response = try await client.response()
                #expect(response.body == #"{"data":{"refuse":false}}"#)
                #expect(response.headers["connection"] == "close")
                #expect(await client.isClosed())
                sending.cancel()
                #expect(received.count <= 128 << 10)
            }
        }
    }
}
