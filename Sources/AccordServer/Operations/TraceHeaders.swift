import GraphQLHTTP
import HTTPTypes
import Tracing

/// Reads a trace from the headers of a request.
struct RequestTraceHeaders: Extractor {
    func extract(key: String, from carrier: HTTPFields) -> String? {
        switch key {
        case "traceparent": carrier.value(of: Self.traceparent)
        case "tracestate": carrier.value(of: Self.tracestate)
        default: HTTPField.Name(key).flatMap { carrier.value(of: $0) }
        }
    }

    private static let traceparent = HTTPField.Name.constant("traceparent")
    private static let tracestate = HTTPField.Name.constant("tracestate")
}

/// Writes a trace into the headers of a request of ours.
struct OutgoingTraceHeaders: Injector {
    func inject(_ value: String, forKey key: String, into carrier: inout [(name: String, value: String)]) {
        carrier.append((name: key, value: value))
    }
}

extension Tracer {
    /// The headers that carry the trace of the running task on.
    func outgoingHeaders() -> [(name: String, value: String)] {
        guard let context = ServiceContext.current else { return [] }
        var headers: [(name: String, value: String)] = []
        inject(context, into: &headers, using: OutgoingTraceHeaders())
        return headers
    }
}
