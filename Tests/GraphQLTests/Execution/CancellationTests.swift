@testable import GraphQL
import Synchronization
import Testing

/// When the task is cancelled, nobody waits for the answer: no further resolver is called.
@Suite(.timeLimit(.minutes(1))) struct CancellationTests {
    static let abandoned = #"{"data":null,"errors":[{"message":"The execution was cancelled."}]}"#

    @Test(
        arguments: [
            // The value of an awaited field has awaited fields itself.
            ("{ stuck { id quick { id } } }", ["stuck"]),
            ("{ stuckBatch { id quick { id } } }", ["stuckBatch"]),
            // Several run beside each other.
            ("{ stuck { quick { id } } other: stuckBatch { quick { id } } }", ["stuck", "stuckBatch"]),
            ("{ stuck { quick { id } } plain { stuck { quick { id } } } }", ["plain", "stuck", "stuck"]),
            // What can't be null makes no difference.
            ("{ strictStuck { strictQuick { id } } }", ["strictStuck"]),
            // Root fields of mutations run one after the other.
            ("mutation { a: stuck { id } b: change { id } }", ["stuck"]),
            ("mutation { a: change { id } b: stuck { quick { id } } c: change { id } }", ["change", "stuck"]),
        ] as [(String, [String])])
    func `no further field is resolved`(document: String, calls: [String]) async throws {
        let context = CancellationContext()
        let stuck = calls.filter { $0.lowercased().contains("stuck") }.count
        let response = try await Self.respond(to: document, context, cancelledWhenStuck: stuck)
        #expect(response == Self.abandoned, "\(document)")
        #expect(context.calls.sorted() == calls, "\(document)")
    }

    @Test func `of calls for many parents those that run are the last`() async throws {
        let context = CancellationContext()
        let response = try await Self.respond(
            to: "{ many { stuck { id } } }", context, cancelledWhenStuck: concurrentCalls)
        #expect(response == Self.abandoned)
        #expect(context.calls == ["many"] + Array(repeating: "stuck", count: concurrentCalls))
    }

    @Test(arguments: ["{ plain { id } }", "{ stuck { id } }", "mutation { change { id } }"])
    func `a cancelled task executes nothing`(document: String) async throws {
        let context = CancellationContext()
        let schema = try Self.makeSchema()
        let operation = try schema.prepare(document, operationName: nil).get()
        let responses = await withTaskGroup(of: String.self) { group in
            group.cancelAll()
            group.addTask { await schema.execute(operation, context: context).text }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(responses == [Self.abandoned])
        #expect(context.calls.isEmpty)
    }

    /// Executes a document, and cancels it as soon as so many calls wait that would wait for an hour.
    private static func respond(
        to document: String, _ context: CancellationContext, cancelledWhenStuck stuck: Int
    ) async throws -> String {
        let schema = try makeSchema()
        let operation = try schema.prepare(document, operationName: nil).get()
        let task = Task { await schema.execute(operation, context: context) }
        await context.areStuck(stuck)
        task.cancel()
        return await task.value.text
    }

    private static func makeSchema() throws -> ExecutableSchema<CancellationContext> {
        let sdl = """
            type Query {
              plain: Node stuck: Node strictStuck: Node! stuckBatch: Node many: [Node!]!
            }
            type Mutation { stuck: Node change: Node }
            type Node { id: ID! stuck: Node quick: Node strictQuick: Node! }
            """
        return try ExecutableSchema(Schema(Document(parsing: sdl))) { schema in
            schema.query { query in
                query.field("plain") { _, context in context.node("plain") }
                query.field("stuck") { _, context async in await context.stuckNode("stuck") }
                query.field("strictStuck") { _, context async -> Node in await context.stuckNode("strictStuck") }
                query.batch("stuckBatch") { parents, context in
                    let node = await context.stuckNode("stuckBatch")
                    return parents.map { _ in node }
                }
                query.field("many") { _, context in
                    Array(repeating: context.node("many"), count: 1000)
                }
            }
            schema.mutation { mutation in
                mutation.field("stuck") { _, context async in await context.stuckNode("stuck") }
                mutation.field("change") { _, context async in context.node("change") }
            }
            schema.object(Node.self) { node in
                node.field("id", \.id)
                node.field("stuck") { _, context async in await context.stuckNode("stuck") }
                node.field("quick") { _, context async in context.node("quick") }
                node.batch("strictQuick") { nodes, context in nodes.map { _ in context.node("strictQuick") } }
            }
        }
    }
}

private struct Node: ObjectOutput {
    static var typeName: String { "Node" }
    let id: String
}

private final class CancellationContext: Sendable {
    private let noted = Mutex<[String]>([])
    private let stuck = AsyncStream.makeStream(of: Void.self)

    var calls: [String] { noted.withLock { $0 } }

    func node(_ call: String) -> Node {
        noted.withLock { $0.append(call) }
        return Node(id: call)
    }

    /// Waits until it is cancelled, and returns a value all the same.
    func stuckNode(_ call: String) async -> Node {
        let node = node(call)
        stuck.continuation.yield()
        try? await Task.sleep(for: .seconds(3600))
        return node
    }

    /// Returns when so many calls have come to wait.
    func areStuck(_ count: Int) async {
        var waiting = 0
        for await _ in stuck.stream {
            waiting += 1
            if waiting == count { return }
        }
    }
}
