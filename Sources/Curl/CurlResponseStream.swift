/// A response whose head has come, and whose body comes as it is read: at most about half a megabyte of it is in memory.
///
/// It has one reader, which iterates once. A stream that is let go before its end takes its transfer off the wire, and so
/// does a reader whose task is cancelled: it gets ``CurlError/cancelled``.
package final class CurlResponseStream: AsyncSequence, Sendable {
    package typealias Element = [UInt8]
    package typealias Failure = any Error

    /// Status and headers; the body in it is empty.
    package let head: CurlResponse

    private let pipe: ResponseBodyPipe
    private let cancelTransfer: @Sendable () -> Void

    /// - Parameters:
    ///   - head: What has come.
    ///   - pipe: What brings the rest.
    ///   - cancel: Takes the transfer off the wire; does nothing once it has ended.
    init(head: CurlResponse, pipe: ResponseBodyPipe, cancel: @escaping @Sendable () -> Void) {
        self.head = head
        self.pipe = pipe
        self.cancelTransfer = cancel
    }

    deinit {
        cancel()
    }

    /// Takes the transfer off the wire, if it still runs: its reader then gets ``CurlError/cancelled``.
    package func cancel() {
        if !pipe.hasEnded { cancelTransfer() }
    }

    package func makeAsyncIterator() -> Iterator { Iterator(stream: self) }

    /// Gives the body in pieces as they come, none of them empty.
    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let stream: CurlResponseStream

        /// The next piece; nil at the end. Throws a ``CurlError`` when the body breaks off.
        package mutating func next() async throws(any Error) -> [UInt8]? { try await stream.next() }
    }

    /// The whole response, for a body that is known to be small.
    ///
    /// - Throws: ``CurlError/responseTooLarge`` beyond `maximumBytes`; what the transfer failed with.
    package func collected(maximumBytes: Int) async throws(CurlError) -> CurlResponse {
        var body: [UInt8] = []
        while let bytes = try await next() {
            guard body.count + bytes.count <= maximumBytes else { throw .responseTooLarge }
            body += bytes
        }
        return CurlResponse(status: head.status, headers: head.headers, body: body)
    }

    private func next() async throws(CurlError) -> [UInt8]? {
        let delivery = await withTaskCancellationHandler {
            await pipe.take()
        } onCancel: {
            cancel()
        }
        switch delivery {
        case .bytes(let bytes): return bytes
        case .end: return nil
        case .failure(let error): throw error
        }
    }
}
