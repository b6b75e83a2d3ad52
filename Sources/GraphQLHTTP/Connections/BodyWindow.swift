import HummingbirdCore
import NIOCore

/// How many bytes of a body are read before somebody takes them.
struct BodyWindow {
    /// The bytes that may lie between the connection and those who take them.
    let size: Int
    /// The largest piece that is read at once, so what has been read and not taken is less than `size` and a piece.
    let largestPiece: Int

    /// Of a body that nobody has asked for: less than 128 KiB of it are read.
    static let unasked = BodyWindow(size: 64 << 10, largestPiece: 32 << 10)
    /// Of a body that is being taken. Large pieces cost less.
    static let taken = BodyWindow(size: 128 << 10, largestPiece: 64 << 10)
    /// Of a body that is being taken while few others are: a quarter less of processor time, for four times the memory.
    static let large = BodyWindow(size: 512 << 10, largestPiece: 128 << 10)
}

/// Says that so many bytes of the body have been taken, so as many more may be read.
///
/// Sent through a connection's pipeline as an outbound event, where a `BodyWindowHandler` takes it up.
struct BodyTaken: Sendable {
    let bytes: Int
    /// The window from now on.
    let window: BodyWindow
}

/// A request's body that makes room for what follows by being read.
struct WindowedBody: AsyncSequence {
    typealias Element = ByteBuffer
    typealias Failure = any Error

    let body: RequestBody
    let channel: any Channel
    var window = BodyWindow.taken

    struct Iterator: AsyncIteratorProtocol {
        fileprivate var chunks: RequestBody.AsyncIterator
        fileprivate let channel: any Channel
        fileprivate let window: BodyWindow
        /// What has been taken and not yet been told.
        private var taken = 0

        fileprivate init(_ body: WindowedBody) {
            chunks = body.body.makeAsyncIterator()
            channel = body.channel
            window = body.window
        }

        mutating func next() async throws -> ByteBuffer? {
            guard let chunk = try await chunks.next(isolation: #isolation) else { return nil }
            taken += chunk.readableBytes
            if taken >= BodyWindow.unasked.size / 2 {
                channel.triggerUserOutboundEvent(BodyTaken(bytes: taken, window: window), promise: nil)
                taken = 0
            }
            return chunk
        }
    }

    func makeAsyncIterator() -> Iterator { Iterator(self) }
}
