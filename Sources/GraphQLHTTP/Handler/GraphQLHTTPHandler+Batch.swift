import GraphQL
import HTTPTypes

extension GraphQLHTTPHandler {
    /// Executes a request's body: one operation, or a list of them where that is allowed.
    ///
    /// The operations of a batch run one after the other, so that a request takes no more at a time than any other.
    func executeAll(_ body: Value, in exchange: Exchange<Context>) async throws(HTTPRefusal) -> Answer {
        guard case .list(let entries) = body else {
            return try await execute(RequestParameters(body), in: exchange)
        }
        try check(entries.count)
        if let refusal = await policy.refuseFurther(entries.count - 1, exchange.head) { throw refusal }
        var answers: [Answer] = []
        for entry in entries {
            do throws(HTTPRefusal) {
                answers.append(try await execute(RequestParameters(entry), in: exchange))
            } catch {
                answers.append(refuse(error, requestID: exchange.requestID, as: exchange.mediaType))
            }
        }
        return Answer(batch: answers, as: exchange.mediaType)
    }

    private func check(_ count: Int) throws(HTTPRefusal) {
        guard let maximum = configuration.maximumBatch else {
            throw .badRequest("Batches of operations are not accepted.")
        }
        guard count > 0 else { throw .badRequest("A batch must have at least one operation.") }
        guard count <= maximum else { throw .badRequest("A batch may have at most \(maximum) operations.") }
    }
}

extension Answer {
    /// The answer to a batch: a list of theirs. Its status is theirs where all agree, and else 200.
    fileprivate init(batch answers: [Answer], as mediaType: ResponseMediaType) {
        let list = answers.map(\.body).joined(separator: [UInt8(ascii: ",")])
        self.init(
            status: .ok, json: [UInt8(ascii: "[")] + list + [UInt8(ascii: "]")], as: mediaType)
        guard let first = answers.first, answers.allSatisfy({ $0.status == first.status }) else { return }
        status = first.status
        headers = first.headers
    }
}
