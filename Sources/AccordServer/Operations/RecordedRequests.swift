import GraphQLHTTP
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import Tracing
import W3CTraceContext

/// Answers requests in their trace, with a record for the log, and with a line in it at the end.
struct RecordedRequests: Sendable {
    let tracer: any Tracer
    let addresses: ClientAddress
    let logger: Logger

    /// Answers one.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - channel: The client's.
    ///   - span: The name of its span.
    ///   - event: The line at the end.
    ///   - respond: Given the request's id.
    /// - Returns: What `respond` made.
    func respond(
        to request: Request, on channel: any Channel, span: String, event: Logger.Message,
        _ respond: (_ requestID: String) async -> Response
    ) async -> Response {
        let start = ContinuousClock.now
        let requestID = request.headers.requestID
        var trace = ServiceContext.topLevel
        tracer.extract(request.headers, into: &trace, using: RequestTraceHeaders())
        let record = RequestRecord(
            id: requestID, traceID: trace.traceContext?.traceID,
            ipAddress: addresses.address(request.head, channel)?.description)
        return await RequestRecord.$current.withValue(record) {
            await within(trace) {
                await tracer.spanning(span, kind: .server) {
                    let response = await respond(requestID)
                    logger.info(
                        event, metadata: record.outcome(status: response.status.code, duration: .now - start))
                    return response
                }
            }
        }
    }

    /// Most requests have no trace to be passed on.
    private func within(_ trace: ServiceContext, _ respond: () async -> Response) async -> Response {
        trace.isEmpty && ServiceContext.current == nil
            ? await respond() : await ServiceContext.$current.withValue(trace) { await respond() }
    }
}
