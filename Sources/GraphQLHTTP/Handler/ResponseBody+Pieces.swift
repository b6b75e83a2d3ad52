import HummingbirdCore
import NIOCore

extension ResponseBody {
    /// What a connection takes at once, in bytes: it is full then, until most of it has been sent.
    private static let pieceBytes = 64 << 10

    /// A body that is handed to the connection piece by piece, each when the client has taken most of the one before. Holds
    /// the request's place until then; a body of one piece is handed over at once, and holds none.
    static func whole(
        _ bytes: ByteBuffer, on channel: any Channel, holding place: RequestsInFlight.Place?
    ) -> ResponseBody {
        guard bytes.readableBytes > pieceBytes else { return ResponseBody(byteBuffer: bytes) }
        return ResponseBody(contentLength: bytes.readableBytes) { writer in
            var rest = bytes
            while let piece = rest.readSlice(length: min(pieceBytes, rest.readableBytes)), piece.readableBytes > 0 {
                try await writer.write(piece)
                // The writer waits while the channel is full, and learns of it only when the channel has had its turn.
                try await channel.eventLoop.submit {}.get()
            }
            try await writer.finish(nil)
            withExtendedLifetime(place) {}
        }
    }
}
