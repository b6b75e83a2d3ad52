import AccordAPI
import AccordAdapters
import AccordCore
import GraphQLHTTP
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// What a request's responder is told besides the request.
struct ChannelContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The client's channel.
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}

/// Sends each request to what answers it: GraphQL, health checks, signed downloads.
struct Responder: HTTPResponder {
    let graphQL: GraphQLHTTPHandler<APIContext>
    let health: HealthChecks
    /// Nil when files are downloaded from the storage itself.
    let downloads: DirectoryObjectStorage?

    func respond(to request: Request, context: ChannelContext) async throws -> Response {
        let path = request.uri.path
        switch path {
        case "/graphql":
            let requestID = request.headers.requestID
            return await RequestMetadata.$current.withValue(["request.id": "\(requestID)"]) {
                await graphQL.respond(to: request, requestID: requestID, channel: context.channel)
            }
        case "/health/live":
            return await get(request) { .json(.ok, #"{"status":"ok"}"#) }
        case "/health/ready":
            return await get(request) {
                await health.isReady()
                    ? .json(.ok, #"{"status":"ready"}"#) : .json(.serviceUnavailable, #"{"status":"unavailable"}"#)
            }
        default:
            if let downloads, path.hasPrefix(DirectoryObjectStorage.downloadPath) {
                return await get(request) { await download(request, from: downloads) }
            }
            return .error(.notFound, "There is nothing at this path. GraphQL is at /graphql.")
        }
    }

    /// Answers GET and HEAD; other methods are not allowed.
    private func get(_ request: Request, _ answer: () async -> Response) async -> Response {
        guard request.method == .get || request.method == .head else {
            var refusal = Response.error(.methodNotAllowed, "Only GET and HEAD are allowed here.")
            refusal.headers[.allow] = "GET, HEAD"
            return refusal
        }
        var response = await answer()
        if request.method == .head { response = response.createHeadResponse() }
        return response
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

extension ResponseBody {
    /// Writes the chunks as they come.
    fileprivate init(_ chunks: any AsyncSequence<[UInt8], any Error> & Sendable) {
        self.init { writer in
            for try await chunk in chunks { try await writer.write(ByteBuffer(bytes: chunk)) }
            try await writer.finish(nil)
        }
    }
}

extension Response {
    fileprivate static func json(_ status: HTTPResponse.Status, _ text: String) -> Response {
        let body = ByteBuffer(string: text)
        let headers: HTTPFields = [
            .contentType: "application/json", .contentLength: String(body.readableBytes), .cacheControl: "no-store",
        ]
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }

    /// An answer in the form of a GraphQL error. The message needs no escaping.
    fileprivate static func error(_ status: HTTPResponse.Status, _ message: String) -> Response {
        .json(status, #"{"errors":[{"message":"\#(message)"}]}"#)
    }
}
