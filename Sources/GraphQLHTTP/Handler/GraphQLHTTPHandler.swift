package import GraphQL
import HTTPTypes
package import HummingbirdCore
package import NIOCore
import NIOHTTPTypes

/// Answers the requests to one GraphQL endpoint.
///
/// Every answer but the playground page and a preflight's is a well-formed GraphQL response, whatever went wrong.
///
/// GraphQL over HTTP; GraphQL multipart request specification
package struct GraphQLHTTPHandler<Context: AnyObject & Sendable>: Sendable {
    let schema: ExecutableSchema<Context>
    let policy: CallerPolicy<Context>
    let configuration: GraphQLHTTPConfiguration
    let observer: EndpointObserver<Context>
    private let playground: PlaygroundPage?
    private let inFlight: RequestsInFlight
    private let deadlines = Deadlines()
    /// Those whose bodies are read in large pieces.
    let multipartInFlight = RequestsInFlight(maximum: 4)

    /// Makes a handler for `schema`, asking `policy` who may do what, and telling `observer` what was done.
    package init(
        schema: ExecutableSchema<Context>,
        policy: CallerPolicy<Context>,
        configuration: GraphQLHTTPConfiguration,
        observer: EndpointObserver<Context> = EndpointObserver()
    ) {
        self.schema = schema
        self.policy = policy
        self.configuration = configuration
        self.observer = observer
        playground = configuration.playgroundSettings.map(PlaygroundPage.init)
        inFlight = RequestsInFlight(maximum: configuration.maximumRequestsInFlight)
    }

    /// How many requests are being answered.
    package var requestsInFlight: Int { inFlight.current }

    /// Answers a request of any method, known by `requestID`, which every error carries. Takes `channel` to send
    /// `100 Continue` to a client that waits for it.
    ///
    /// When the answer comes before the body has been read, writing it ends the connection.
    package func respond(
        to request: Request, requestID: String, channel: any Channel
    ) async -> HummingbirdCore.Response {
        var rest = RestOfBody.begun(bytes: 0)
        var answer: Answer
        let place = inFlight.enter()
        let mediaType = ResponseMediaType(accept: request.headers.value(of: .accept))
        do throws(HTTPRefusal) {
            guard place != nil else { throw .busy }
            answer = try await self.answer(
                request, as: mediaType, requestID: requestID, channel: channel, rest: &rest)
        } catch {
            answer = refuse(error, requestID: requestID, as: mediaType ?? .json)
        }
        if let refusal = await policy.refuseAnswer() {
            answer = refuse(refusal, requestID: requestID, as: mediaType ?? .json)
        }
        answer.headers.append(HTTPField(name: .requestID, value: requestID))
        configuration.cors.addHeaders(to: &answer.headers, for: request.headers)
        if configuration.compresses { answer.compress(for: request.headers) }
        return makeResponse(answer, to: request, rest: rest, place: place, channel: channel)
    }

    /// The answer to what is refused.
    func refuse(_ refusal: HTTPRefusal, requestID: String, as mediaType: ResponseMediaType) -> Answer {
        if let code = refusal.code { observer.refused(code) }
        return Answer(refusal, requestID: requestID, as: mediaType)
    }

    private func answer(
        _ request: Request,
        as mediaType: ResponseMediaType?,
        requestID: String,
        channel: any Channel,
        rest: inout RestOfBody
    ) async throws(HTTPRefusal) -> Answer {
        switch request.method {
        case .get:
            return try await answerGET(request, as: mediaType, requestID: requestID, channel: channel)
        case .post:
            return try await answerPOST(request, as: mediaType, requestID: requestID, channel: channel, rest: &rest)
        case .options:
            var headers = configuration.cors.preflightHeaders(for: request.headers)
            headers[.allow] = HTTPRefusal.methods
            return Answer(status: .noContent, headers: headers)
        default:
            throw .methodNotServed
        }
    }

    private func answerGET(
        _ request: Request, as mediaType: ResponseMediaType?, requestID: String, channel: any Channel
    ) async throws(HTTPRefusal) -> Answer {
        let query = try QueryString(request.uri.query)
        if let playground, query["query"] == nil, PlaygroundPage.isAccepted(by: request.headers.value(of: .accept)) {
            return playground.answer()
        }
        let mediaType = try negotiated(mediaType)
        try PreflightGuard.check(request.headers)
        var exchange = try await begin(request, requestID: requestID, mediaType: mediaType, channel: channel)
        let parameters = try RequestParameters(query, maximumDepth: configuration.maximumJSONDepth)
        exchange.deadline = .after(configuration.executionTime)
        return try await execute(parameters, in: exchange) { operation throws(HTTPRefusal) in
            guard operation.operationType != .query else { return }
            throw .methodNotAllowed("A GET request can only run a query; send this operation by POST.", allowed: "POST")
        }
    }

    private func answerPOST(
        _ request: Request,
        as mediaType: ResponseMediaType?,
        requestID: String,
        channel: any Channel,
        rest: inout RestOfBody
    ) async throws(HTTPRefusal) -> Answer {
        let mediaType = try negotiated(mediaType)
        if let encoding = request.headers.value(of: .contentEncoding), encoding.lowercased() != "identity" {
            throw .unsupportedMediaType("The request body must not be compressed (Content-Encoding).")
        }
        let contentType = request.headers.value(of: .contentType).flatMap(ParameterizedHeader.init)
        switch contentType?.value {
        case "application/json":
            guard ["utf-8", nil].contains(contentType?["charset"]?.lowercased()) else {
                throw .unsupportedMediaType("The request body must be encoded in UTF-8.")
            }
            var exchange = try await begin(request, requestID: requestID, mediaType: mediaType, channel: channel)
            let body = try await readJSON(of: request, channel: channel, rest: &rest)
            exchange.deadline = .after(configuration.executionTime)
            return try await executeAll(
                parseJSON(body, maximumDepth: configuration.maximumJSONDepth, of: "The request body"), in: exchange)
        case "multipart/form-data":
            try PreflightGuard.check(request.headers)
            var exchange = try await begin(request, requestID: requestID, mediaType: mediaType, channel: channel)
            if let refusal = policy.refuseUpload(exchange.context) { throw refusal }
            exchange.deadline = .after(configuration.uploadTime)
            return try await executeMultipart(request, contentType?["boundary"] ?? "", in: exchange, rest: &rest)
        default:
            throw .unsupportedMediaType(
                "The request body must be application/json, or multipart/form-data for uploads.")
        }
    }

    /// Finds out who asks, before any byte of the body is taken.
    private func begin(
        _ request: Request, requestID: String, mediaType: ResponseMediaType, channel: any Channel
    ) async throws(HTTPRefusal) -> Exchange<Context> {
        Exchange(
            head: request.head, requestID: requestID,
            context: try await policy.makeContext(request.head, requestID).get(),
            mediaType: mediaType, channel: channel, deadlines: deadlines)
    }

    /// Finds the document, validates and executes; `check` may still refuse the operation when it is known.
    func execute(
        _ parameters: RequestParameters,
        in exchange: Exchange<Context>,
        check: (PreparedOperation) throws(HTTPRefusal) -> Void = { _ in }
    ) async throws(HTTPRefusal) -> Answer {
        let start = ContinuousClock.now
        let context = exchange.context
        var report = OperationReport()
        defer {
            report.duration = .now - start
            observer.operationEnded(report, context)
        }
        try parameters.checkSize(limit: configuration.maximumVariablesBytes)
        let text = try configuration.documents.text(of: parameters.document)
        switch schema.prepare(text, operationName: parameters.operationName) {
        case .failure(let errors):
            report.outcome = .invalid
            return Answer(schema.response(to: errors, context: context), as: exchange.mediaType)
        case .success(let operation):
            report.name = operation.name
            report.type = operation.operationType
            observer.operationFound(operation, context)
            guard operation.operationType != .subscription else {
                throw .badRequest("Subscriptions are not served over HTTP.")
            }
            try check(operation)
            if let refusal = policy.refuseOperation(operation, context) { throw refusal }
            // Files come in bodies that are still arriving.
            if exchange.reception != nil { try checkFiles(parameters.variables, of: operation) }
            if policy.keepsDocuments(context) { configuration.documents.keep(parameters.document) }
            let response = try await execute(operation, parameters.variables, in: exchange)
            report.outcome = response.isRequestError ? .invalid : response.hasErrors ? .errors : .success
            return Answer(response, as: exchange.mediaType)
        }
    }

    /// Executes, until it is given up.
    private func execute(
        _ operation: PreparedOperation, _ variables: [ObjectField], in exchange: Exchange<Context>
    ) async throws(HTTPRefusal) -> GraphQL.Response {
        let context = exchange.context
        guard !operation.isIntrospection else {
            // It waits for nothing, so nobody need watch over it.
            return await schema.execute(operation, variables: variables, context: context)
        }
        return try await exchange.supervise(evenLate: { _ in policy.hasChanged(context) }) { [schema] in
            await schema.execute(operation, variables: variables, context: context)
        }
    }

    /// Tells a client that waits for it to send the body.
    func invite(_ request: Request, channel: any Channel) {
        guard request.headers.expectsContinue else { return }
        channel.writeAndFlush(HTTPResponsePart.head(HTTPResponse(status: .continue)), promise: nil)
    }

    private func readJSON(
        of request: Request,
        channel: any Channel,
        rest: inout RestOfBody
    ) async throws(HTTPRefusal) -> [UInt8] {
        let limit = configuration.maximumJSONBytes
        guard request.headers.declaredContentLength ?? 0 <= limit else {
            throw .requestTooLarge("The request body", limit: limit)
        }
        invite(request, channel: channel)
        rest = .abandoned
        let deadline = ContinuousClock.Instant.after(configuration.bodyTime)
        var body: [UInt8] = []
        do {
            for try await chunk in WindowedBody(body: request.body, channel: channel) {
                if let deadline, .now > deadline { throw HTTPRefusal.tooSlow }
                guard body.count + chunk.readableBytes <= limit else {
                    throw HTTPRefusal.requestTooLarge("The request body", limit: limit)
                }
                body.append(contentsOf: chunk.readableBytesView)
            }
        } catch let refusal as HTTPRefusal {
            throw refusal
        } catch is SlowBody {
            throw .tooSlow
        } catch {
            throw .cutOff
        }
        rest = .none
        return body
    }

    private func negotiated(_ mediaType: ResponseMediaType?) throws(HTTPRefusal) -> ResponseMediaType {
        guard let mediaType else {
            throw HTTPRefusal(
                .notAcceptable, code: .notAcceptable,
                "The response is application/graphql-response+json or application/json; Accept allows neither."
            )
        }
        return mediaType
    }

    private func makeResponse(
        _ answer: Answer, to request: Request, rest: RestOfBody, place: RequestsInFlight.Place?, channel: any Channel
    ) -> HummingbirdCore.Response {
        var headers = answer.headers
        headers.append(HTTPField(name: .contentLength, value: String(answer.body.count)))
        let bytes = request.method == .head ? ByteBuffer() : ByteBuffer(bytes: answer.body)
        return Response(status: answer.status, headers: headers, body: .whole(bytes, on: channel, holding: place))
            .leaving(rest, of: request, on: channel, limits: configuration.drain)
    }
}

extension ContinuousClock.Instant {
    /// The moment `time` from now; nil when there is none.
    static func after(_ time: Duration?) -> ContinuousClock.Instant? {
        time.map { .now + $0 }
    }
}
