/// What is said beside `data` and `errors`: the members of the response's `extensions`.
///
/// It is asked when the response is otherwise complete, whatever came of the request; so it can tell what resolvers have
/// noted in the context, how long it took, what it cost. Without members there is no `extensions`.
///
/// ```swift
/// await schema.execute(operation, context: context, extensions: { [ObjectField("cost", .int(context.cost))] })
/// ```
///
/// Spec: 7.1 Response Format, `extensions`
package typealias ResponseExtensions = @Sendable () -> [ObjectField]

extension Response {
    /// Adds `extensions` behind everything else. To be called once.
    package mutating func add(_ extensions: [ObjectField]) {
        guard !extensions.isEmpty else { return }
        var member = ResponseBuffer(capacity: 256)
        member.append(#","extensions":"#)
        member.write(extensions)
        member.append("}")
        // A response has a member before it: `data` or `errors`.
        body.removeLast()
        body += member.bytes
    }
}
