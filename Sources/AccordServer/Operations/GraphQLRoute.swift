import AccordAPI
import GraphQL
import GraphQLHTTP
import HummingbirdCore
import Logging
import NIOCore

/// Answers the requests for `/graphql`.
struct GraphQLRoute: Sendable {
    let handler: GraphQLHTTPHandler<APIContext>
    let requests: RecordedRequests

    func respond(to request: Request, channel: any Channel) async -> HummingbirdCore.Response {
        await requests.respond(
            to: request, on: channel, span: "graphql", event: "A GraphQL request was answered"
        ) { requestID in
            await handler.respond(to: request, requestID: requestID, channel: channel)
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
                RequestRecord.current?.audit.refused(code: code)
                metrics.errors.count(code)
            },
            fileEnded: { metrics.count($0) })
    }
}
