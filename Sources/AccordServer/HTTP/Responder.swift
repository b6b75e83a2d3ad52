import AccordAPI
import AccordAdapters
import AccordCore
import GraphQLHTTP
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore

/// Sends each request to what answers it: GraphQL, files of agreements, health checks, signed downloads.
struct Responder: Sendable {
    let graphQL: GraphQLRoute
    let agreements: AgreementDownloads
    let recorded: RecordedRequests
    let operations: Operations
    /// Who is at the other end, as far as operations are concerned.
    let audience: Operations.Audience
    /// Nil when files are downloaded from the storage itself.
    let downloads: DirectoryObjectStorage?
    let requests: RequestMetrics
    /// What is done with bodies that nobody reads.
    let drain: GraphQLHTTPConfiguration.Drain

    func respond(to request: Request, channel: any Channel) async -> Response {
        let (route, response) = await answer(request, channel)
        requests.count(route, response.status)
        return response
    }

    private func answer(
        _ request: Request, _ channel: any Channel
    ) async -> (RequestMetrics.Route, Response) {
        if request.uri.path == "/graphql" {
            return (.graphQL, await graphQL.respond(to: request, channel: channel))
        }
        let (route, response) = await answerWithoutBody(request, channel)
        return (route, response.leavingBody(of: request, on: channel, limits: drain))
    }

    private func answerWithoutBody(
        _ request: Request, _ channel: any Channel
    ) async -> (RequestMetrics.Route, Response) {
        if let id = AgreementDownloads.id(in: request.uri.path) {
            let response = await recorded.respond(
                to: request, on: channel, span: "download", event: "A request for a file was answered"
            ) { requestID in
                await agreements.respond(to: request, id: id, requestID: requestID, channel: channel)
            }
            return (.downloads, response)
        }
        if let response = await operations.respond(to: request, for: audience) {
            return (.operations, response)
        }
        if let downloads, request.uri.path.hasPrefix(DirectoryObjectStorage.downloadPath) {
            return (.files, await .get(request) { await download(request, from: downloads) })
        }
        return (.none, .error(.notFound, "There is nothing at this path. GraphQL is at /graphql."))
    }

    private func download(_ request: Request, from storage: DirectoryObjectStorage) async -> Response {
        do throws(AccordError) {
            switch try await storage.download(path: request.uri.path, query: request.uri.query ?? "") {
            case .refused:
                return .error(.forbidden, "This link is not valid, or not any more.")
            case .missing:
                return .error(.notFound, "The file is gone.")
            case .file(let headers, let chunks):
                var fields = HTTPFields()
                for header in headers {
                    guard let name = HTTPField.Name(header.name) else { continue }
                    fields[name] = header.value
                }
                return Response(status: .ok, headers: fields, body: ResponseBody(chunks))
            }
        } catch {
            return .error(.serviceUnavailable, error.presentation.message)
        }
    }
}

/// Answers the listener for operations, and nothing else.
struct OperationsResponder: Sendable {
    let operations: Operations
    let drain: GraphQLHTTPConfiguration.Drain

    func respond(to request: Request, channel: any Channel) async -> Response {
        let response =
            await operations.respond(to: request, for: .operators)
            ?? .error(.notFound, "There is nothing at this path. Try /health/live, /health/ready or /metrics.")
        return response.leavingBody(of: request, on: channel, limits: drain)
    }
}

extension ResponseBody {
    /// Writes the chunks as they come.
    fileprivate init(_ chunks: any AsyncSequence<[UInt8], any Error> & Sendable) {
        self.init { writer in
            for try await chunk in chunks { try await writer.write(ByteBuffer(bytes: chunk)) }
            try await writer.finish(nil)
        }
    }
}
