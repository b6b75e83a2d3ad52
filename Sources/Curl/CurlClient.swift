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
        let request = try prepared(request)
        var outcome = await attempt(nextID(), request, onFreshChannel: false)
        if case .staleChannel = outcome, request.method.isIdempotent, !Task.isCancelled {
            outcome = await attempt(nextID(), request, onFreshChannel: true)
        }
        return try response(outcome)
    }

    /// Sends a request and returns as soon as the head of its response is there; the body comes as it is read. Its size has
    /// no limit, and a reader may take its time: only ``CurlTimeouts/total`` runs while it does.
    ///
    /// Sent once more, and cancelled, as with ``perform(_:)``.
    ///
    /// - Precondition: The request's own body is not a stream.
    package func open(_ request: CurlRequest) async throws(CurlError) -> CurlResponseStream {
        if case .stream = request.body { preconditionFailure("One of request and response is streamed, not both.") }
        let request = try prepared(request)
        var (id, pipe) = nextPipe()
        var outcome = await attempt(id, request, onFreshChannel: false, responsePipe: pipe)
        if case .staleChannel = outcome, request.method.isIdempotent, !Task.isCancelled {
            (id, pipe) = nextPipe()
            outcome = await attempt(id, request, onFreshChannel: true, responsePipe: pipe)
        }
        return CurlResponseStream(head: try response(outcome), pipe: pipe) { [loop, id] in loop.post(.cancel(id)) }
    }

    /// Ends every running request with ``CurlError/cancelled`` and refuses further ones. Does not wait.
    package func shutdown() {
        loop.stop()
    }

    private func prepared(_ request: CurlRequest) throws(CurlError) -> CurlRequest {
        var request = request
        request.headers += commonHeaders()
        try request.validate()
        return request
    }

    private func response(_ outcome: TransferOutcome) throws(CurlError) -> CurlResponse {
        switch outcome {
        case .response(let response): return response
        // A cancelled producer's failure may arrive before the cancellation itself.
        case .failure(let error), .staleChannel(let error): throw Task.isCancelled ? .cancelled : error
        }
    }

    private func nextID() -> TransferID {
        TransferID(number: lastID.add(1, ordering: .relaxed).newValue)
    }

    private func nextPipe() -> (TransferID, ResponseBodyPipe) {
        let id = nextID()
        return (id, ResponseBodyPipe { [loop] in loop.post(.resume(id)) })
    }

    private func attempt(
        _ id: TransferID, _ request: CurlRequest, onFreshChannel: Bool, responsePipe: ResponseBodyPipe? = nil
    ) async -> TransferOutcome {
        switch request.body {
        case .none:
            return await transfer(id, request, body: .bytes([]), onFreshChannel, responsePipe)
        case .bytes(let bytes):
            return await transfer(id, request, body: .bytes(bytes), onFreshChannel, responsePipe)
        case .stream(let length, let chunks):
            let pipe = RequestBodyPipe(length: length) { [loop] in loop.post(.resume(id)) }
            // Cancelled, if it still runs, and awaited at the end of this scope.
            async let _ = pipe.fill(from: chunks)
            return await transfer(id, request, body: .pipe(pipe, length: length), onFreshChannel, responsePipe)
        }
    }

    private func transfer(
        _ id: TransferID,
        _ request: CurlRequest,
        body: TransferOrder.Body,
        _ onFreshChannel: Bool,
        _ responsePipe: ResponseBodyPipe?
    ) async -> TransferOutcome {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let order = TransferOrder(
                    id: id,
                    request: request,
                    body: body,
                    onFreshChannel: onFreshChannel,
                    responsePipe: responsePipe,
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
