import Tracing
import W3CTraceContext

extension Tracer {
    /// Runs `body` in a span, as `withSpan` does, and keeps the type of what it throws.
    func spanning<Value, Failure: Error>(
        _ name: String, kind: SpanKind = .client, _ body: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        // Ours passes traces on, and has no spans.
        if Self.self == TraceContextTracer.self { return try await body() }
        let span = startSpan(name, ofKind: kind)
        defer { span.end() }
        let result: Result<Value, Failure> = await ServiceContext.$current.withValue(span.context) {
            do throws(Failure) {
                return .success(try await body())
            } catch {
                return .failure(error)
            }
        }
        if case .failure(let error) = result, span.isRecording {
            span.recordError(error)
            span.setStatus(SpanStatus(code: .error))
        }
        return try result.get()
    }
}
