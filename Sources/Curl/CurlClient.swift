internal import Synchronization

/// An HTTP/1.1 client: one libcurl multi handle on one thread of its own, channels kept alive and shared.
///
/// Requests wait without occupying a thread of the cooperative pool. A client lives as long as the process, or until
/// ``shutdown()``; one that is released shuts down by itself.
package final class CurlClient: Sendable {
    private let loop: TransferLoop
    private let lastID = Atomic<Int>(0)
    private let commonHeaders: @Sendable () -> [(name: String, value: String)]

    /// Starts the client's thread.
    ///
    /// - Parameters:
    ///   - maximumConnections: How many channels may stand at a time, idle ones included. Requests beyond that wait
    ///     their turn, and their total timeout runs.
    ///   - commonHeaders: Sent with every request, besides its own. Asked for by the task that sends the request.
    package init(
        maximumConnections: Int = 64,
        commonHeaders: @escaping @Sendable () -> [(name: String, value: String)] = { [] }
    ) {
        self.loop = TransferLoop(maximumConnections: maximumConnections)
        self.commonHeaders = commonHeaders
    }

    deinit {
        loop.stop()
    }

    /// Sends a request and collects its response, whatever its status.
    ///
    /// A request of an idempotent method that failed because a reused channel had been closed by the peer is sent once
    /// more over a new one; RFC 9110 §9.2.2 allows it. Nothing else is retried.
    ///
    /// Cancellation takes the transfer off the wire (its channel is closed) and cancels the producer of a streamed body;
    /// the call then throws ``CurlError/cancelled``. In every case the call returns only after that producer has ended.
    package func perform(_ request: CurlRequest) async throws(CurlError) -> CurlResponse {
        var request = request
        request.headers += commonHeaders()
        try request.validate()
        var outcome = await attempt(request, onFreshChannel: false)
        if case .staleChannel = outcome, request.method.isIdempotent, !Task.isCancelled {
            outcome = await attempt(request, onFreshChannel: true)
        }
        switch outcome {
        case .response(let response): return response
        // A cancelled producer's failure may arrive before the cancellation itself.
        case .failure(let error), .staleChannel(let error): throw Task.isCancelled ? .cancelled : error
        }
    }

    /// Ends every running request with ``CurlError/cancelled`` and refuses further ones. Does not wait.
    package func shutdown() {
        loop.stop()
    }

    private func attempt(_ request: CurlRequest, onFreshChannel: Bool) async -> TransferOutcome {
        let id = TransferID(number: lastID.add(1, ordering: .relaxed).newValue)
        switch request.body {
        case .none:
            return await transfer(id, request, body: .bytes([]), onFreshChannel: onFreshChannel)
        case .bytes(let bytes):
            return await transfer(id, request, body: .bytes(bytes), onFreshChannel: onFreshChannel)
        case .stream(let length, let chunks):
            let pipe = RequestBodyPipe(length: length) { [loop] in loop.post(.resume(id)) }
            // Cancelled, if it still runs, and awaited at the end of this scope.
            async let _ = pipe.fill(from: chunks)
            return await transfer(id, request, body: .pipe(pipe, length: length), onFreshChannel: onFreshChannel)
        }
    }

    private func transfer(
        _ id: TransferID,
        _ request: CurlRequest,
        body: TransferOrder.Body,
        onFreshChannel: Bool
    ) async -> TransferOutcome {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let order = TransferOrder(
                    id: id,
                    request: request,
                    body: body,
                    onFreshChannel: onFreshChannel,
                    completion: continuation
                )
                guard loop.post(.start(order)) else { return order.abandon() }
                // A cancellation that came before the order found nothing to cancel.
                if Task.isCancelled { loop.post(.cancel(id)) }
            }
        } onCancel: {
            loop.post(.cancel(id))
        }
    }
}
