package import NIOCore

extension GraphQLHTTPConfiguration {
    /// What the pipeline of a connection, or of a stream, needs behind the HTTP codec.
    ///
    /// - Parameters:
    ///   - shutdownTime: how long a request may still run when the server stops.
    ///   - idleTime: how long a client may take nothing of its answer; nil is for ever.
    /// - Returns: the handlers, in the order in which a request passes them.
    package func makeChannelHandlers(
        shutdownTime: Duration, idleTime: Duration?
    ) -> [any RemovableChannelHandler] {
        let pace = minimumBodyRate.map { BodyPaceHandler(rate: $0) }
        let stall = idleTime.map { StalledAnswerHandler(time: TimeAmount($0)) }
        return [
            MalformedRequestHandler(), ClientWatchHandler(shutdownTime: TimeAmount(shutdownTime)),
            ConnectionFieldHandler(), DrainHandler(patience: TimeAmount(min(.seconds(2), shutdownTime / 4))),
        ]
            + (stall.map { [$0] } ?? []) + (pace.map { [$0] } ?? [])
            // Last, so that the one before it sees only the reads that go out to the connection.
            + [BodyWindowHandler()]
    }
}
