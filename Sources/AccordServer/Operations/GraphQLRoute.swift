import AccordAPI
import GraphQL
import GraphQLHTTP
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Tracing
import W3CTraceContext

/// Answers the requests for `/graphql`: in their trace, with a record for the log, and with a line in it at the end.
struct GraphQLRoute: Sendable {
    let handler: GraphQLHTTPHandler<APIContext>
    let tracer: any Tracer
    let logger: Logger

    func respond(to request: Request, channel: any Channel) async -> Response {
        let start = ContinuousClock.now
        let requestID = request.headers.requestID
        var trace = ServiceContext.topLevel
        tracer.extract(request.headers, into: &trace, using: RequestTraceHeaders())
        let record = RequestRecord(id: requestID, traceID: trace.traceContext?.traceID)
        return await ServiceContext.$current.withValue(trace) {
            await RequestRecord.$current.withValue(record) {
                await tracer.spanning("graphql", kind: .server) {
                    let response = await handler.respond(to: request, requestID: requestID, channel: channel)
                    logger.info(
                        "A GraphQL request was answered",
                        metadata: record.outcome(status: response.status.code, duration: .now - start))
                    return response
                }
            }
        }
    }
}

extension EndpointObserver<APIContext> {
    /// Tells the request's record and the metrics.
    static func recording(in metrics: ServerMetrics) -> EndpointObserver<APIContext> {
        EndpointObserver(
            operationFound: { operation, _ in RequestRecord.current?.note(operation: operation.name) },
            operationEnded: { report, context in
                // Who isn't signed in has no names: there is no end to what strangers make up.
                metrics.operations.record(report, name: context.viewer == nil ? nil : report.name)
            },
            refused: { code in
                RequestRecord.current?.note(code: code)
                metrics.errors.count(code)
            },
            fileEnded: { metrics.count($0) })
    }
}
