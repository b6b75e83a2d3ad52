import AccordCore
import GraphQLHTTP
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore

/// `GET /agreements/{id}/download`: an agreement's file for those who are signed in, where links can't be used.
///
/// Who asks and what they may see is found out as for `/graphql`.
struct AgreementDownloads: Sendable {
    let callers: CallerResolver
    let agreements: AgreementService
    let audit: AuditRecorder
    let cors: CORSPolicy
    /// How many files may be on their way at a time.
    let places: RequestsInFlight
    /// Told the code of each refusal.
    let refused: @Sendable (_ code: String) -> Void
    let logger: Logger

    /// The id in the path of a download; nil for another path.
    static func id(in path: String) -> String? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].isEmpty, parts[1] == "agreements", parts[3] == "download" else { return nil }
        return String(parts[2])
    }

    /// Answers a request for the file of an agreement.
    ///
    /// - Parameters:
    ///   - request: The request, by whatever method.
    ///   - id: Of the agreement, as the client sent it.
    ///   - requestID: Names the request.
    ///   - channel: The client's.
    /// - Returns: The file, or what is wrong.
    func respond(to request: Request, id: String, requestID: String, channel: any Channel) async -> Response {
        var response: Response
        let trail = RequestRecord.current?.audit ?? AuditTrail()
        do throws(HTTPRefusal) {
            response = try await supervised(request, id: id, trail, channel)
        } catch {
            response = await answer(to: error, id: id, trail, requestID: requestID)
        }
        response.headers[.requestID] = requestID
        cors.addHeaders(to: &response.headers, for: request.headers)
        response.headers[.vary] = ["Authorization", response.headers[.vary]].compactMap(\.self).joined(separator: ", ")
        if response.headers[.accessControlAllowOrigin] != nil {
            response.headers[.accessControlExposeHeaders] =
                "Accept-Ranges, Content-Disposition, Content-Length, Content-Range, ETag, X-Request-ID"
        }
        return request.method == .head ? response.createHeadResponse() : response
    }

    /// The answer, up to where the file begins; given up when the client goes away.
    private func supervised(
        _ request: Request, id: String, _ trail: AuditTrail, _ channel: any Channel
    ) async throws(HTTPRefusal) -> Response {
        switch request.method {
        case .get, .head: break
        case .options:
            var headers = cors.preflightHeaders(for: request.headers)
            headers[.allow] = Self.methods
            return Response(status: .noContent, headers: headers)
        default:
            throw .methodNotAllowed("Files are downloaded by GET.", allowed: Self.methods)
        }
        let outcome: Result<Response, HTTPRefusal> = await withTaskGroup(of: Result<Response, HTTPRefusal>.self) {
            group in
            group.addTask {
                do throws(HTTPRefusal) {
                    return .success(try await answer(request, id: id, trail, channel))
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                _ = await ClientWatch.end(of: channel)
                // Nobody reads this, unless the server stops.
                return .failure(HTTPRefusal(.timeout))
            }
            defer { group.cancelAll() }
            return await group.next() ?? .failure(HTTPRefusal(.internalError))
        }
        return try outcome.get()
    }

    /// The answer to what is refused, which may be another refusal if that can't be recorded.
    private func answer(
        to refusal: HTTPRefusal, id: String, _ trail: AuditTrail, requestID: String
    ) async -> Response {
        if let code = refusal.code {
            refused(code)
            trail.refused(code: code, field: "download", agreementID: AgreementID(id))
        }
        do throws(AccordError) {
            try await audit.record(trail)
            return refusal.response(requestID: requestID)
        } catch {
            return HTTPRefusal(error).response(requestID: requestID)
        }
    }

    private static let methods = "GET, HEAD, OPTIONS"

    private func answer(
        _ request: Request, id: String, _ trail: AuditTrail, _ channel: any Channel
    ) async throws(HTTPRefusal) -> Response {
        guard let viewer = try await callers.viewer(request.head) else { throw HTTPRefusal(.unauthenticated) }
        guard let place = places.enter() else { throw .busy }
        do throws(AccordError) {
            for _ in 1...Self.looks {
                let agreement = try await agreements.agreement(id: id, viewer: viewer)
                let head = DownloadHead(agreement, request)
                guard let file = head.wantedFile else { return head.response() }
                guard let content = try await agreements.open(agreement, range: file.range) else {
                    // It is being replaced: its row is about to change.
                    try? await Task.sleep(for: .milliseconds(100))
                    continue
                }
                do throws(AccordError) {
                    trail.downloads(agreement)
                    try await audit.record(trail)
                } catch {
                    content.cancel()
                    throw error
                }
                return head.response(
                    body: .streaming(content, length: file.length, on: channel, holding: place) { [logger] error in
                        logger.notice(
                            "A download broke off", metadata: ["cause": "\(error)", "key": "\(agreement.key)"])
                    })
            }
            throw .storageUnavailable
        } catch {
            throw HTTPRefusal(error)
        }
    }

    /// How often an agreement is looked at that is just being replaced.
    private static let looks = 10
}
