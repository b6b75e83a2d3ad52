import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import GraphQLHTTP

/// 100 bytes a second, with two seconds' patience. Time is made, not waited for.
struct BodyPaceTests {
    private static let rate = MinimumRate(bytesPerSecond: 100, patience: .seconds(2))

    private static func at(_ milliseconds: Int64) -> NIODeadline {
        .uptimeNanoseconds(0) + .milliseconds(milliseconds)
    }

    @Test func `nothing is due while nothing is waited for`() {
        var pace = BodyPace(Self.rate)
        #expect(pace.deadline == nil)
        pace.wait(since: Self.at(0))
        #expect(pace.deadline == Self.at(2_000))
        pace.receive(1, at: Self.at(500))
        #expect(pace.deadline == nil)
    }

    @Test(arguments: [(99, 1_990), (100, 2_000), (101, 2_000)] as [(Int, Int64)])
    func `what comes pays for the time it took, up to the patience`(_ bytes: Int, _ left: Int64) {
        var pace = BodyPace(Self.rate)
        pace.wait(since: Self.at(0))
        pace.receive(bytes, at: Self.at(1_000))
        pace.wait(since: Self.at(1_000))
        #expect(pace.deadline == Self.at(1_000 + left))
    }

    @Test func `a fast beginning buys no long silence`() {
        var pace = BodyPace(Self.rate)
        pace.wait(since: Self.at(0))
        pace.receive(1_000_000, at: Self.at(10))
        pace.wait(since: Self.at(10))
        #expect(pace.deadline == Self.at(2_010))
    }

    @Test func `time in which the server wants no more costs nothing`() {
        var pace = BodyPace(Self.rate)
        pace.wait(since: Self.at(0))
        pace.receive(50, at: Self.at(1_000))
        pace.wait(since: Self.at(60_000))
        // Said twice, it counts from the first time.
        pace.wait(since: Self.at(61_000))
        #expect(pace.deadline == Self.at(61_500))
    }

    /// A body of which `bytes` come each second, for ten seconds at most, with the time at which it was given up.
    private func secondsUntilGivenUp(
        _ bytes: Int, headers: HTTPFields = [:], prepare: (EmbeddedChannel) throws -> Void = { _ in }
    ) throws -> Int? {
        let channel = EmbeddedChannel(handler: BodyPaceHandler(rate: Self.rate))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        var headers = headers
        headers[.contentLength] = "1000000"
        let head = HTTPRequest(method: .post, scheme: nil, authority: nil, path: "/", headerFields: headers)
        try channel.writeInbound(HTTPRequestPart.head(head))
        channel.read()
        try prepare(channel)
        for second in 1...10 {
            channel.embeddedEventLoop.advanceTime(by: .seconds(1))
            do {
                try channel.throwIfErrorCaught()
            } catch {
                #expect(error is SlowBody)
                return second
            }
            if bytes > 0 { try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(repeating: 0, count: bytes))) }
            channel.read()
        }
        // Nothing rings for a body that has ended.
        try channel.writeInbound(HTTPRequestPart.end(nil))
        channel.read()
        channel.embeddedEventLoop.advanceTime(by: .seconds(100))
        try channel.throwIfErrorCaught()
        _ = try? channel.finish()
        return nil
    }

    @Test(arguments: [(0, 2), (1, 3), (50, 3), (79, 6), (88, 10), (90, nil), (99, nil), (100, nil), (5_000, nil)])
    func `a body is given up when it has been too slow for too long`(_ bytes: Int, _ second: Int?) throws {
        #expect(try secondsUntilGivenUp(bytes) == second)
    }

    @Test func `who waits for an invitation is not slow before it comes`() throws {
        let headers: HTTPFields = [.expect: "100-continue"]
        #expect(try secondsUntilGivenUp(0, headers: headers) == nil)
        let invited = try secondsUntilGivenUp(0, headers: headers) { channel in
            channel.embeddedEventLoop.advanceTime(by: .seconds(30))
            try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .continue)))
        }
        #expect(invited == 2)
    }
}
