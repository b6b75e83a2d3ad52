package import NIOCore

extension GraphQLHTTPConfiguration {
    /// What the pipeline of a connection, or of a stream, needs behind the HTTP codec.
    package func makeChannelHandlers() -> [any RemovableChannelHandler] {
        let pace = minimumBodyRate.map { BodyPaceHandler(rate: $0) }
        return [MalformedRequestHandler(), ClientWatchHandler(), ConnectionFieldHandler()]
            + (pace.map { [$0] } ?? [])
            // Last, so that the one before it sees only the reads that go out to the connection.
            + [BodyWindowHandler()]
    }
}
