import GraphQL
import Synchronization

/// A service whose events the tests send.
struct SubscriptionService {
    let schema: ExecutableSchema<SubscriptionContext>
    let context = SubscriptionContext()

    static let sdl = """
        type Query { none: Int }
        type Subscription {
          ticks(from: Int! = 0, kind: Kind): Int
          strictTicks: Int!
          messages(room: String!): Message
          texts(room: String): String!
          slowTexts: String
          fact: Fact!
          refused(reason: String): Int
          pulled: Int
          waiting: Int
        }
        enum Kind { SMALL LARGE }
        interface Fact { text: String! }
        type Message implements Fact {
          text: String!
          words: [String!]
          slow: String!
          failing: String
          strictFailing: String!
          stuck: String
          next: Message
        }
        """

    init(limits: Limits = Limits()) throws {
        schema = try ExecutableSchema(Schema(Document(parsing: Self.sdl)), limits: limits) { schema in
            schema.query { query in query.field("none") { _ -> Int? in nil } }
            schema.subscription { subscription in
                subscription.stream("ticks", Argument<Int>("from"), Argument<Kind?>("kind")) { context, from, kind in
                    context.note("ticks from \(from) \(kind?.rawValue ?? "-")")
                    return context.ticks.events()
                }
                subscription.stream("strictTicks") { context in
                    context.ticks.events()
                } resolve: { tick, _ throws in
                    guard let tick else { throw GraphQLError("No tick.") }
                    return tick
                }
                subscription.stream("messages", Argument<String>("room")) { context, room async in
                    await Task.yield()
                    context.note("messages in \(room)")
                    return context.messages.events()
                }
                subscription.stream("texts", Argument<String?>("room")) { context, _ in
                    context.messages.events()
                } resolve: { message, _, room in
                    if message.text == "bad" { throw GraphQLError("Bad text.") }
                    return (room.map { $0 + ": " } ?? "") + message.text
                }
                subscription.stream("slowTexts") { context in
                    context.messages.events()
                } resolve: { message, context async -> String? in
                    await Task.yield()
                    return "slow " + message.text
                }
                subscription.stream("fact") { context in
                    context.messages.events()
                } resolve: { message, _ in
                    Fact(message: message)
                }
                subscription.stream("refused", Argument<String?>("reason")) { context, reason throws in
                    guard let reason else { throw UnknownFault() }
                    if reason != "none" { throw GraphQLError(reason, extensions: [ObjectField("code", .string("NO"))]) }
                    return context.ticks.events()
                }
                subscription.stream("pulled") { context in PulledSource(context: context) }
                subscription.stream("waiting") { context in WaitingSource(context: context) }
            }
            schema.object(Message.self) { message in
                message.field("text", \.text)
                message.field("words") { message -> [String]? in message.text.split(separator: " ").map(String.init) }
                message.batch("slow") { messages, context in
                    context.note("slow \(messages.map(\.text))")
                    return messages.map { "slow \($0.text)" }
                }
                message.field("failing") { _, _ throws -> String? in throw GraphQLError("No.") }
                message.field("strictFailing") { message, _ throws -> String in
                    if message.text == "bad" { throw GraphQLError("No.") }
                    return "fine"
                }
                message.field("stuck") { _, context async -> String? in
                    context.noteWaiting()
                    try? await Task.sleep(for: .seconds(3600))
                    return nil
                }
                message.field("next") { message in Message(text: message.text + "+") }
            }
        }
    }

    /// Subscribes; an error becomes the response that a client is given.
    func subscribe(
        _ document: String, variables: [ObjectField] = []
    ) async throws -> Result<ResponseStream, RefusedSubscription> {
        let operation = try schema.prepare(document, operationName: nil).get()
        return await schema.subscribe(operation, variables: variables, context: context).mapError { errors in
            RefusedSubscription(response: schema.response(to: errors, context: context).text)
        }
    }

    /// All responses until the stream ends.
    func responses(to document: String, variables: [ObjectField] = []) async throws -> [String] {
        var texts: [String] = []
        for try await response in try await subscribe(document, variables: variables).get() {
            texts.append(response.text)
        }
        return texts
    }
}

extension Result<ResponseStream, RefusedSubscription> {
    /// The response that the client is given instead of a stream.
    var refusal: String? {
        do throws(RefusedSubscription) {
            _ = try get()
            return nil
        } catch {
            return error.response
        }
    }
}

struct RefusedSubscription: Error, Equatable {
    let response: String
}

extension Response {
    var text: String { String(decoding: body, as: UTF8.self) }
}

final class SubscriptionContext: Sendable {
    let ticks = Feed<Int?>()
    let messages = Feed<Message>()
    private let pulls = Mutex(0)
    private let notes = Mutex<[String]>([])
    private let waiting = AsyncStream.makeStream(of: Void.self)

    func note(_ text: String) { notes.withLock { $0.append(text) } }
    var noted: [String] { notes.withLock { $0 } }

    /// Returns how often the source has been asked, this time included.
    func notePull() -> Int {
        pulls.withLock { pulls in
            pulls += 1
            return pulls
        }
    }
    var pullCount: Int { pulls.withLock { $0 } }

    func noteWaiting() { waiting.continuation.yield() }
    /// Returns when somebody waits who would wait for an hour.
    func somebodyWaits() async { for await _ in waiting.stream { return } }
}

/// Events that a test sends, and how their stream ended.
final class Feed<Event: Sendable>: Sendable {
    private let stream: Mutex<AsyncThrowingStream<Event, any Error>?>
    let continuation: AsyncThrowingStream<Event, any Error>.Continuation
    private let ends = Mutex<[String]>([])

    init() {
        let (stream, continuation) = AsyncThrowingStream.makeStream(of: Event.self)
        self.stream = Mutex(stream)
        self.continuation = continuation
        continuation.onTermination = { [weak self] end in
            let text =
                switch end {
                case .cancelled: "cancelled"
                case .finished(nil): "finished"
                case .finished: "failed"
                @unknown default: "?"
                }
            self?.ends.withLock { $0.append(text) }
        }
    }

    /// The stream, which this lets go: it ends when its reader does.
    func events() -> AsyncThrowingStream<Event, any Error> {
        stream.withLock { stream in
            defer { stream = nil }
            return stream ?? AsyncThrowingStream { $0.finish() }
        }
    }

    /// How the stream came to its end; empty while it goes on.
    var ended: [String] { ends.withLock { $0 } }

    func send(_ events: Event...) { for event in events { continuation.yield(event) } }
    func finish(throwing error: (any Error)? = nil) { continuation.finish(throwing: error) }
}

struct Message: ObjectOutput {
    static var typeName: String { "Message" }
    let text: String
}

struct Fact: AbstractOutput {
    static var typeName: String { "Fact" }
    let message: Message

    func visit(_ visitor: inout AbstractVisitor) { visitor(message) }
}

struct UnknownFault: Error {}

/// Counts how often it is asked, and never ends.
struct PulledSource: AsyncSequence, AsyncIteratorProtocol {
    let context: SubscriptionContext

    mutating func next() async -> Int? {
        context.notePull()
    }
    func makeAsyncIterator() -> PulledSource { self }
}

/// Waits for an event that doesn't come, until it is cancelled.
struct WaitingSource: AsyncSequence, AsyncIteratorProtocol {
    let context: SubscriptionContext

    mutating func next() async throws -> Int? {
        context.noteWaiting()
        try await Task.sleep(for: .seconds(3600))
        return 1
    }
    func makeAsyncIterator() -> WaitingSource { self }
}
