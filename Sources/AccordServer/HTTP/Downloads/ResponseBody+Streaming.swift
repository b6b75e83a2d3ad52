import AccordCore
import GraphQLHTTP
import HummingbirdCore
import NIOCore

extension ResponseBody {
    /// What a connection takes at once, in bytes.
    private static let pieceBytes = 64 << 10

    /// Writes a file as it comes from the storage, no faster than the client takes it. Whatever brings the file is ended as
    /// soon as the client has gone.
    ///
    /// - Parameters:
    ///   - content: The file, or the part that was asked for.
    ///   - length: How many bytes that is. When it comes to fewer, the connection is closed, so that the client sees it.
    ///   - channel: The client's.
    ///   - place: Held until the end.
    ///   - brokeOff: Told why the file could not be written whole.
    /// - Returns: The body, of which nothing has been read yet.
    static func streaming(
        _ content: StoredContent, length: Int, on channel: any Channel, holding place: RequestsInFlight.Place,
        brokeOff: @escaping @Sendable (any Error) -> Void
    ) -> ResponseBody {
        ResponseBody(contentLength: length) { writer in
            // Ended, if it still waits, and awaited at the end of this scope.
            async let _ = content.cancel(whenDone: channel)
            do {
                var remaining = length
                for try await chunk in content.chunks {
                    remaining -= chunk.count
                    guard remaining >= 0 else { break }
                    var rest = ByteBuffer(bytes: chunk)
                    while let piece = rest.readSlice(length: min(pieceBytes, rest.readableBytes)),
                        piece.readableBytes > 0
                    {
                        try await writer.write(piece)
                        // The writer waits while the channel is full, and learns of it only when the channel has had its
                        // turn.
                        try await channel.eventLoop.submit {}.get()
                    }
                }
                guard remaining == 0 else { throw WrongLength(missing: remaining) }
                try await writer.finish(nil)
            } catch {
                brokeOff(error)
                throw error
            }
            withExtendedLifetime(place) {}
        }
    }
}

extension StoredContent {
    fileprivate func cancel(whenDone channel: any Channel) async {
        if await ClientWatch.end(of: channel) != nil { cancel() }
    }
}

/// The storage sent another number of bytes than it said.
private struct WrongLength: Error {
    let missing: Int
}
