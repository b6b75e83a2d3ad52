import HTTPTypes
import Hummingbird
import NIOCore

extension GraphQLHTTPHandler {
    /// Executes a multipart request while its files still arrive.
    ///
    /// A child task reads the body; this one executes as soon as `operations` and `map` are there. When the execution
    /// ends without needing the rest, a bounded part of it is dropped and the answer goes out.
    func executeMultipart(
        _ request: Request,
        _ boundary: String,
        in exchange: Exchange<Context>,
        rest: inout RestOfBody
    ) async throws(HTTPRefusal) -> Answer {
        // Room for parts that the map does not name: they are ignored, but not without end.
        let maximumParts = configuration.maximumFiles + 16
        guard let parser = MultipartParser(boundary: boundary, maximumParts: maximumParts) else {
            throw .badRequest("The request's Content-Type names no valid boundary.")
        }
        let contentLength = request.headers.declaredContentLength
        guard contentLength ?? 0 <= configuration.maximumMultipartBytes else {
            throw .fileTooLarge(limit: configuration.maximumFileBytes)
        }
        invite(request, channel: exchange.channel)
        let reception = MultipartReception(
            configuration: configuration, contentLength: contentLength, deadline: exchange.deadline)
        let (answer, end) = await withTaskGroup(of: MultipartReception.End.self) { group in
            group.addTask {
                let end = await reception.read(request.body, with: parser)
                if end == .wholeBody { exchange.bodyEnd?.arrive(.success(())) }
                return end
            }
            let answer = await self.execute(reception, in: exchange)
            let time = exchange.isOutOfTime ? .zero : reception.dropRest()
            group.addTask {
                try? await Task.sleep(for: time)
                return .midway
            }
            let end = await group.next() ?? .midway
            group.cancelAll()
            return (answer, end)
        }
        for outcome in reception.fileOutcomes { observer.fileEnded(outcome.map(\.size)) }
        switch end {
        case .wholeBody: rest = .harmless
        case .midway: rest = .abandoned
        }
        return try answer.get()
    }

    private func execute(
        _ reception: MultipartReception, in exchange: Exchange<Context>
    ) async -> Result<Answer, HTTPRefusal> {
        do throws(HTTPRefusal) {
            var answer = try await executeAll(try await reception.operations().body, in: exchange)
            if reception.fileWasTooLarge { answer.status = .contentTooLarge }
            return .success(answer)
        } catch {
            return .failure(error)
        }
    }
}
