import HTTPTypes
import HummingbirdCore
import NIOCore

extension GraphQLHTTPHandler {
    /// Executes a multipart request while its files still arrive.
    ///
    /// A child task reads the body; this one executes as soon as `operations` and `map` are there. When the execution
    /// ends without needing the rest, the reading ends too.
    func executeMultipart(
        _ request: Request,
        _ boundary: String,
        in exchange: Exchange<Context>,
        rest: inout RestOfBody
    ) async throws(HTTPRefusal) -> Answer {
        let maximumParts = configuration.maximumParts ?? configuration.maximumFiles + 16
        guard let parser = MultipartParser(boundary: boundary, maximumParts: maximumParts) else {
            throw .badRequest("The request's Content-Type names no valid boundary.")
        }
        let contentLength = request.headers.declaredContentLength
        guard contentLength ?? 0 <= configuration.maximumMultipartBytes(files: configuration.maximumFiles) else {
            throw .fileTooLarge(limit: configuration.maximumFileBytes)
        }
        invite(request, channel: exchange.channel)
        let reception = MultipartReception(
            configuration: configuration, contentLength: contentLength, deadline: exchange.deadline)
        var exchange = exchange
        exchange.reception = reception
        let isOneOfFew = multipartInFlight.enter()
        defer { withExtendedLifetime(isOneOfFew) {} }
        let body = WindowedBody(
            body: request.body, channel: exchange.channel, window: isOneOfFew == nil ? .taken : .large)
        let answer: Result<Answer, HTTPRefusal>
        (answer, rest) = await withTaskGroup(of: RestOfBody.self) { group in
            group.addTask {
                await reception.read(body, with: parser)
            }
            let answer = await self.execute(reception, in: exchange)
            reception.dropRest()
            // Who reads notices at the next bytes that they are not wanted. They may never come.
            group.addTask { [time = reception.isGivenUp ? .zero : configuration.drain.time] in
                try? await Task.sleep(for: time)
                return .abandoned
            }
            let rest = await group.next() ?? .abandoned
            group.cancelAll()
            return (answer, rest)
        }
        for outcome in reception.fileOutcomes { observer.fileEnded(outcome.map(\.size)) }
        return try answer.get()
    }

    private func execute(
        _ reception: MultipartReception, in exchange: Exchange<Context>
    ) async -> Result<Answer, HTTPRefusal> {
        do throws(HTTPRefusal) {
            var answer = try await executeAll(try await reception.operations().body, in: exchange)
            if let status = reception.status { answer.status = status }
            return .success(answer)
        } catch {
            return .failure(error)
        }
    }
}
